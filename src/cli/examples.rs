//! What stands at the end of `--help`, for those who would rather see than read.

pub(super) const PROGRAM: &str = "\
Examples:
  Check a file, and see what the fixes would change
    smsotp-lint check deployment.toml
    smsotp-lint check --diff deployment.toml

  See what the server ends up with, and why
    smsotp-lint show deployment.toml

  See who gets in, and how
    smsotp-lint simulate deployment.toml

  See what an upgrade or a change of the file does for users
    smsotp-lint compare --from 5.11 --to 7.1 deployment.toml
    smsotp-lint compare old.toml deployment.toml

  Change a setting
    smsotp-lint set deployment.toml SMSOTPMandatory=true

  Read about a rule or a parameter
    smsotp-lint explain needs-mandatory
    smsotp-lint explain TokenExpiryTime

Exit codes:
  0  done, and nothing to fail on
  1  findings
  2  the job could not be done";

pub(super) const CHECK: &str = "\
Examples:
  Check a file, and apply the safe fixes
    smsotp-lint check deployment.toml
    smsotp-lint check --fix deployment.toml

  See what all fixes would change
    smsotp-lint check --diff --unsafe-fixes deployment.toml

  Check every deployment.toml of a repository for release 7.1
    smsotp-lint check --is-version 7.1 .

  Check what a chart makes of it
    helm template . | yq -r '.data[\"deployment.toml\"] | select(.)' |
      smsotp-lint check --stdin-filename deployment.toml -

  Write a report for code scanning
    smsotp-lint check --format sarif --output-file smsotp-lint.sarif .

  Check every deployment.toml but the old ones, and count what is found
    smsotp-lint check --exclude old --statistics .

  Look at security and style too, but not at backup codes
    smsotp-lint check --pedantic --allow backup-code-on deployment.toml

  Silence a finding in the file
    SMSOTPMandatory = \"no\"  # smsotp-lint: ignore[not-a-boolean] as agreed

Exit codes:
  0  checked, and nothing at or above --fail-on
  1  findings at or above it; text that is not TOML is one
  2  the job could not be done: a bad flag, a file that is missing, unreadable
     or not UTF-8, nothing to check, nothing written";

pub(super) const SHOW: &str = "\
Examples:
  smsotp-lint show deployment.toml
  smsotp-lint show --is-version 7.1 --format json deployment.toml";

pub(super) const SIMULATE: &str = "\
Examples:
  smsotp-lint simulate deployment.toml
  smsotp-lint simulate --is-version 7.1 --format json deployment.toml

  Draw it in a wiki or a pull request
    smsotp-lint simulate --format mermaid deployment.toml

  For a tenant that locks accounts
    smsotp-lint simulate --assume account-locking deployment.toml

Exit codes:
  0  told
  1  the server would hold no SMS OTP authenticator, or something that .smsotp-lint.toml
     expects does not hold
  2  the job could not be done";

pub(super) const COMPARE: &str = "\
Examples:
  See what an upgrade brings
    smsotp-lint compare --from 5.11 --to 7.1 deployment.toml

  See what a change of the file does for users
    smsotp-lint compare old.toml deployment.toml
    git show main:deployment.toml | smsotp-lint compare - deployment.toml

  Write it as a comment for a pull request
    smsotp-lint compare --is-version 7.1 --format markdown old.toml new.toml

Exit codes:
  0  nothing changes for users
  1  something does: what happens at login, what the releases on the way change
     for this file, or whether the server starts with it; or that cannot be told,
     since the server starts with neither
  2  the job could not be done";

pub(super) const SET: &str = "\
Examples:
  smsotp-lint set deployment.toml SMSOTPMandatory=true
  smsotp-lint set deployment.toml enable=true TokenExpiryTime=300
  smsotp-lint set --diff deployment.toml --unset TokenLength BackupCode=false

Exit codes:
  0  written, and nothing to fail on
  1  written, and findings in the changed file; with --diff also a change
  2  the file was left as it was";

pub(super) const SCHEMA: &str = "\
Examples:
  smsotp-lint schema > deployment.schema.json
  smsotp-lint schema --config > smsotp-lint.schema.json";

pub(super) const LSP: &str = "\
An editor starts it for TOML files. It has something to say of files whose name
ends in deployment.toml, and of other TOML that holds the section of SMS OTP.
The nearest .smsotp-lint.toml counts: beside the file or above it, up to the top
of the repository.

Examples:
  Neovim 0.11 or later
    vim.lsp.config('smsotp-lint', {
      cmd = { 'smsotp-lint', 'lsp' }, filetypes = { 'toml' } })
    vim.lsp.enable('smsotp-lint')

Exit codes:
  0  the editor asked to shut down
  1  it went away before
  2  what it said is not the Language Server Protocol";

pub(super) const EXPLAIN: &str = "\
Examples:
  smsotp-lint explain
  smsotp-lint explain needs-mandatory
  smsotp-lint explain TokenExpiryTime";

pub(super) const COMPLETIONS: &str = "\
Examples:
  Bash
    smsotp-lint completions bash \\
      > ~/.local/share/bash-completion/completions/smsotp-lint

  Zsh, in a directory of $fpath
    smsotp-lint completions zsh > ~/.zfunc/_smsotp-lint

  fish
    smsotp-lint completions fish > ~/.config/fish/completions/smsotp-lint.fish

  PowerShell
    smsotp-lint completions powershell >> $PROFILE";
