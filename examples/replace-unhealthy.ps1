<#
.SYNOPSIS
    Gives a new environment to each agent whose own did not work in two checks in a row.
.DESCRIPTION
    Run it in the process that owns the sandbox. What the old container held in memory is lost; a workspace of this machine stays. Variables and a
    network that were given with the claim are not known afterwards: give the variables with -EnvironmentVariable. With -WhatIf it shows what it would
    replace.
    It emits the new environments.
#>
[CmdletBinding(SupportsShouldProcess)]
param(
    [ValidateRange(1, 86400)] [int] $IntervalSeconds = 30,
    # 0 goes on until Ctrl+C.
    [ValidateRange(0, [int]::MaxValue)] [int] $Rounds = 0,
    [ValidateRange(1, 100)] [int] $After = 2,
    [hashtable] $EnvironmentVariable = @{},
    [object] $Sandbox
)
$ErrorActionPreference = 'Stop'
$which = if ($Sandbox) { @{ Sandbox = $Sandbox } } else { @{} }

$failed = @{}
for ($round = 1; ; $round++) {
    foreach ($result in Test-SandboxHealth @which) {
        if ($result.Status -ne 'Critical') { $failed.Remove($result.EnvironmentId); continue }
        if (++$failed[$result.EnvironmentId] -lt $After) { continue }
        if (-not $PSCmdlet.ShouldProcess($result.AgentId, "Replace its environment: $($result.Reasons)")) { continue }
        $id = [WildcardPattern]::Escape($result.AgentId)
        $old = Get-AgentEnvironment $id @which
        $null = Remove-AgentEnvironment $id @which -Confirm:$false
        $failed.Remove($result.EnvironmentId)
        New-AgentEnvironment $result.AgentId @which -Specialization $old.Specialization -Image $old.Image -Memory $old.MemoryLimit -Cpu $old.CpuLimit `
            -PidsLimit $old.PidsLimit -Tag $old.Tags -EnvironmentVariable $EnvironmentVariable
    }
    if ($round -eq $Rounds) { break }
    Start-Sleep -Seconds $IntervalSeconds
}
