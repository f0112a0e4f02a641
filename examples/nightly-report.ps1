<#
.SYNOPSIS
    Checks all agents, keeps the results as CSV and as a page for people, and says by its exit code how it is.
.DESCRIPTION
    Run it in the process that owns the sandbox: 'nightly-report.ps1 -Folder ./reports'.
    Exit codes: 0 all agents are healthy, 1 one needs attention, 2 one does not work or nothing is known of it, 3 there is no complete report.
#>
param(
    [Parameter(Mandatory)] [string] $Folder,
    [object] $Sandbox
)
$ErrorActionPreference = 'Stop'
$which = if ($Sandbox) { @{ Sandbox = $Sandbox } } else { @{} }

try {
    $null = [IO.Directory]::CreateDirectory($ExecutionContext.SessionState.Path.GetUnresolvedProviderPathFromPSPath($Folder))
    $day = [DateTime]::UtcNow.ToString('yyyy-MM-dd', [cultureinfo]::InvariantCulture)
    $health = @(Test-SandboxHealth @which)
    $health | Export-Csv "$Folder/$day-health.csv"
    Get-SandboxMetrics @which | Export-Csv "$Folder/$day-metrics.csv"
    Get-SandboxEvent @which -Since 1d | Export-Csv "$Folder/$day-events.csv"
    Export-SandboxReport "$Folder/$day.html" @which -Since 1d -Force
}
catch {
    [Console]::Error.WriteLine("The report is not complete: $_")
    exit 3
}

$health | Where-Object Status -ne Healthy | ForEach-Object { "$($_.AgentId) is $($_.Status): $($_.Reasons)" }
if ($health.Where({ $_.Status -in 'Critical', 'Unknown' })) { exit 2 }
if ($health.Where({ $_.Status -eq 'Warning' })) { exit 1 }
exit 0
