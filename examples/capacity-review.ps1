<#
.SYNOPSIS
    Shows of each agent what it is given beside what it used at most, and when its memory will be used up.
.DESCRIPTION
    Run it in the process that owns the sandbox, a day or more after Start-SandboxMonitor. It emits one object an agent, those that are nearest to
    their memory limit first: 'capacity-review.ps1 -Since 7d | Format-Table' or '| Export-Csv capacity.csv'.
#>
param(
    [object] $Since = '7d',
    [object] $Sandbox
)
$ErrorActionPreference = 'Stop'
$which = if ($Sandbox) { @{ Sandbox = $Sandbox } } else { @{} }

$review = foreach ($environment in Get-AgentEnvironment @which) {
    $of = @{ AgentId = [WildcardPattern]::Escape($environment.AgentId); EnvironmentId = $environment.EnvironmentId; Since = $Since }
    $memory, $cpu = $null
    foreach ($point in Get-SandboxResourceHistory @which @of) {
        if ($point.MemoryMaximum -gt $memory) { $memory = $point.MemoryMaximum }
        if ($point.CpuMaximum -gt $cpu) { $cpu = $point.CpuMaximum }
    }
    $trend = Get-SandboxResourceHistory @which @of -Trend | Where-Object Figure -eq Memory
    [pscustomobject]@{
        AgentId           = $environment.AgentId
        MemoryLimit       = $environment.MemoryLimit
        MemoryPeak        = $memory
        MemoryPeakShare   = if ($null -ne $memory) { [Math]::Round($memory / $environment.MemoryLimit, 3) }
        MemoryDirection   = $trend.Direction
        MemoryTimeToLimit = $trend.TimeToLimit
        CpuLimitPercent   = $environment.CpuLimit * 100
        CpuPeakPercent    = $cpu
    }
}
[Linq.Enumerable]::OrderByDescending([object[]]@($review), [Func[object, double]] { param($agent) [double]$agent.MemoryPeakShare })
