# Runs the Pester suite and writes 'passed failed skipped' to the given file.
param([Parameter(Mandatory)] [string] $CountsPath)

$ErrorActionPreference = 'Stop'
$configuration = New-PesterConfiguration
$configuration.Run.Path = [IO.Path]::Combine($PSScriptRoot, '..', 'tests', 'Pester')
$configuration.Run.PassThru = $true
$configuration.Output.Verbosity = 'Normal'
$run = Invoke-Pester -Configuration $configuration
# A file or a block that cannot be run holds tests that nobody saw fail.
$failed = $run.FailedCount + $run.FailedBlocksCount + $run.FailedContainersCount
[IO.File]::WriteAllText($CountsPath, "$($run.PassedCount) $failed $($run.SkippedCount + $run.NotRunCount)`n")
