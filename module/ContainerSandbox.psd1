@{
    RootModule           = 'bin/ContainerSandbox.dll'
    ModuleVersion        = '0.1.0'
    GUID                 = '6f0c1f0a-6f6b-4b5f-9a57-2f3f8a4d1c27'
    Author               = 'ContainerSandbox maintainers'
    CompanyName          = 'ContainerSandbox'
    Copyright            = '(c) ContainerSandbox maintainers. MIT licence.'
    Description          = 'Gives every AI agent its own hardened container in milliseconds, runs its commands and never leaves one behind.'
    PowerShellVersion    = '7.4'
    CompatiblePSEditions = @('Core')
    FormatsToProcess     = @('ContainerSandbox.Format.ps1xml')
    TypesToProcess       = @('ContainerSandbox.Types.ps1xml')
    CmdletsToExport      = @(
        'Export-SandboxConfiguration'
        'Export-SandboxReport'
        'Get-AgentEnvironment'
        'Get-Sandbox'
        'Get-SandboxEvent'
        'Get-SandboxMetrics'
        'Get-SandboxMonitor'
        'Get-SandboxPool'
        'Get-SandboxRecommendation'
        'Get-SandboxResourceHistory'
        'Initialize-Sandbox'
        'Invoke-AgentCommand'
        'Measure-Sandbox'
        'New-AgentEnvironment'
        'New-SandboxPool'
        'Optimize-Sandbox'
        'Remove-AgentEnvironment'
        'Remove-Sandbox'
        'Remove-SandboxPool'
        'Set-SandboxPool'
        'Start-SandboxMonitor'
        'Stop-SandboxMonitor'
        'Test-SandboxEngine'
        'Test-SandboxHealth'
        'Watch-Sandbox'
    )
    FunctionsToExport    = @()
    AliasesToExport      = @()
    VariablesToExport    = @()
    PrivateData          = @{
        PSData = @{
            Tags         = @('docker', 'container', 'sandbox', 'agent', 'PSEdition_Core', 'Linux')
            ReleaseNotes = 'See CHANGELOG.md'
        }
    }
}
