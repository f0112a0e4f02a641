<#
.SYNOPSIS
Builds, tests, shows and measures ContainerSandbox: the tasks of build.sh, for those who live in PowerShell.
.EXAMPLE
./build.ps1 -Task test -Install
.EXAMPLE
./build.ps1 test -ArgumentList '--filter', 'Claim'
#>
[CmdletBinding()]
param(
    [Parameter(Position = 0)]
    [ValidateSet('clean', 'build', 'test', 'demo', 'bench')]
    [string[]] $Task = 'build',

    # Bring what a task lacks with apt-get.
    [switch] $Install,

    [ValidateSet('Release', 'Debug')]
    [string] $Configuration = 'Release',

    # Handed to 'dotnet test' or to the benchmark program.
    [string[]] $ArgumentList = @()
)

# The steps exist once, in build.sh.
$bash = Get-Command -Name bash -CommandType Application -ErrorAction Ignore | Select-Object -First 1
if (-not $bash) {
    throw "The steps are in build.sh and need bash, which is not on PATH. On Windows run this in WSL."
}

$all = @("$PSScriptRoot/build.sh") + $Task + @('--configuration', $Configuration)
if ($Install) { $all += '--install' }
if ($ArgumentList) { $all += @('--') + $ArgumentList }
& $bash.Source @all
exit $LASTEXITCODE
