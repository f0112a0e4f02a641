# Three agents, their containers, and what becomes of them. Run it with './build.sh demo' or in pwsh.
# It keeps to the language, the core cmdlets and .NET, so that it also runs where only PowerShell's engine is.
$ErrorActionPreference = 'Stop'

$built = [IO.Path]::GetFullPath("$PSScriptRoot/../output/ContainerSandbox/ContainerSandbox.psd1")
$module = if ([IO.File]::Exists($built)) { $built } else { 'ContainerSandbox' }
Import-Module $module

# In pwsh: Import-Csv agents.csv
$csv = @'
AgentId,Specialization,Memory
planner,planning,
coder,coding,1GB
tester,testing,
'@
$header, $rows = $csv.Trim() -split '\r?\n'
$columns = $header -split ','
$agents = foreach ($row in $rows) {
    $cells = $row -split ','
    $agent = [ordered]@{}
    for ($i = 0; $i -lt $columns.Count; $i++) { $agent[$columns[$i]] = $cells[$i] }
    [pscustomobject]$agent
}

# A second shell, by the executable that runs this one, which owns a sandbox until it is killed.
function Start-OtherOwner {
    $start = [Diagnostics.ProcessStartInfo]::new([Environment]::ProcessPath)
    if ([IO.Path]::GetFileNameWithoutExtension($start.FileName) -eq 'dotnet') {
        $start.ArgumentList.Add([Environment]::GetCommandLineArgs()[0])
    }
    $start.ArgumentList.Add('-Command')
    $start.ArgumentList.Add(@"
Import-Module '$module'
`$sandbox = Initialize-Sandbox -Name other -WarmupContainers 3
[Console]::WriteLine(`$sandbox.SandboxId)
[Threading.Thread]::Sleep(-1)
"@)
    $start.RedirectStandardOutput = $true
    [Diagnostics.Process]::Start($start)
}

function Get-ContainerCount($SandboxId) {
    @(docker ps --all --quiet --filter "label=containersandbox.sandbox=$SandboxId").Count
}

function Format-Time([TimeSpan] $Time) {
    if ($Time.TotalSeconds -lt 1) { '{0:0.0} ms' -f $Time.TotalMilliseconds } else { '{0:0.00} s' -f $Time.TotalSeconds }
}

$other = $null
try {
    # Two containers are started ahead of need; the third agent comes too early and waits for its own.
    $sandbox = Initialize-Sandbox -Name quickstart -WarmupContainers 2
    "$($sandbox.Engine), image $($sandbox.Image): $($sandbox.Ready) containers ready in $(Format-Time $sandbox.InitializationTime)"
    $environments = $agents | New-AgentEnvironment
    $environments | Out-Default

    $environments | Invoke-AgentCommand -Command 'echo "$AGENT_ID runs as uid $(id -u) and sees $(ls /proc | grep -c ^[0-9]) processes"' |
        ForEach-Object { "$($_.StandardOutput.TrimEnd()) ($(Format-Time $_.Duration))" }

    $warm, $cold = $environments.Where({ $_.StartupSource -eq 'Warm' }, 'Split')
    if ($warm -and $cold) {
        "Warm: $($warm[0].AgentId) in $(Format-Time $warm[0].StartupTime). " +
            "Cold: $($cold[0].AgentId) in $(Format-Time $cold[0].StartupTime), because: $($cold[0].MissReason)."
    }
    "Health: $((Test-SandboxHealth | ForEach-Object { "$($_.AgentId) $($_.Status)" }) -join ', ')"

    $other = Start-OtherOwner
    $otherId = $other.StandardOutput.ReadLine()
    $before = Get-ContainerCount $otherId
    $clock = [Diagnostics.Stopwatch]::StartNew()
    $other.Kill() # SIGKILL: nothing of that process gets to clean up
    while (($left = Get-ContainerCount $otherId) -gt 0 -and $clock.Elapsed.TotalSeconds -lt 10) { [Threading.Thread]::Sleep(10) }
    "kill -9 of another process that owned $before containers: $left left after $(Format-Time $clock.Elapsed)"
}
finally {
    if ($other -and -not $other.HasExited) { $other.Kill() }
    Get-Sandbox | Where-Object Name -eq quickstart | Remove-Sandbox | ForEach-Object {
        $proof = if ($_.Verified) { 'verified gone' } else { "NOT PROVED: $($_.Detail)" }
        "Removed $($_.Kind.ToString().ToLowerInvariant()) $($_.Name): $proof in $(Format-Time $_.Duration)"
    }
}
