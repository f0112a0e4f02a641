#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0.0' }
# What only a real pwsh can show. Everything else is tested in ContainerSandbox.Module.Tests.

BeforeDiscovery {
    $root = Split-Path (Split-Path $PSScriptRoot)
    $cmdlets = @((Import-PowerShellDataFile (Join-Path $root 'module/ContainerSandbox.psd1')).CmdletsToExport)
}

BeforeAll {
    $root = Split-Path (Split-Path $PSScriptRoot)
    Import-Module (Join-Path $root 'output/ContainerSandbox/ContainerSandbox.psd1') -Force
}

AfterAll {
    Remove-Module ContainerSandbox
}

Describe 'Module' {
    It 'is a valid module' {
        (Test-ModuleManifest (Get-Module ContainerSandbox).Path).Name | Should -Be 'ContainerSandbox'
    }

    It 'exports <_>' -ForEach $cmdlets {
        (Get-Command $_ -Module ContainerSandbox).CommandType | Should -Be 'Cmdlet'
    }

    It 'has help about itself' {
        (Get-Help about_ContainerSandbox) -join "`n" | Should -Match 'SHORT DESCRIPTION'
    }
}

Describe 'Sandbox' {
    BeforeAll {
        $sandbox = Initialize-Sandbox -WarmupContainers 1
        $null = New-AgentEnvironment -AgentId 'pester' -Specialization 'testing'
    }

    AfterAll {
        Remove-Sandbox -Sandbox $sandbox
    }

    It 'shows environments as a table' {
        $table = Get-AgentEnvironment | Format-Table | Out-String -Width 120
        $table | Should -Match 'AgentId\s+Specialization\s+State'
        $table | Should -Match 'pester\s+testing\s+Running'
    }

    It 'exports what can be imported again' {
        $path = Join-Path $TestDrive 'agents.csv'
        [pscustomobject]@{ AgentId = 'first'; Memory = '256MB'; Cpu = '' }, [pscustomobject]@{ AgentId = 'second'; Memory = ''; Cpu = '500m' } |
            Export-Csv $path
        $made = @(Import-Csv $path | New-AgentEnvironment)
        $made.AgentId | Should -Be @('first', 'second')
        $made.MemoryLimit | Should -Be @(256MB, 512MB)

        $results = Join-Path $TestDrive 'results.csv'
        $made | Invoke-AgentCommand -Command 'echo $AGENT_ID' | Export-Csv $results
        (Import-Csv $results).StandardOutput | Should -Be @("first`n", "second`n")

        Import-Csv $results | Remove-AgentEnvironment | Should -HaveCount 2
    }

    It 'works in parallel runspaces' {
        $manifest = (Get-Module ContainerSandbox).Path
        $ids = 1..4 | ForEach-Object -Parallel {
            Import-Module $using:manifest
            $agent = New-AgentEnvironment -Sandbox $using:sandbox
            ($agent | Invoke-AgentCommand -Command 'echo $AGENT_ID').StandardOutput.Trim()
            $null = $agent | Remove-AgentEnvironment -GracePeriod 0
        }
        @($ids | Select-Object -Unique).Count | Should -Be 4
    }

    It 'ends when the pipeline has enough' {
        'a1', 'a2', 'a3' | ForEach-Object { [pscustomobject]@{ AgentId = $_ } } | New-AgentEnvironment | Select-Object -First 1 |
            Should -HaveCount 1
        @(Get-AgentEnvironment -AgentId 'a?').Count | Should -Be 1
    }
}
