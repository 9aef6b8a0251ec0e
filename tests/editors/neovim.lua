-- A session in Neovim, from an empty file to a section that means what it says.
--
-- Neovim 0.7 or later, and the program on the path or in $SMSOTP_LINT:
--
--   nvim --headless --clean -l tests/editors/neovim.lua      (0.9 or later)
--   nvim --headless --clean -S tests/editors/neovim.lua
--
-- It ends with 0 when everything below was seen, and else says what was not.

local PROGRAM = os.getenv('SMSOTP_LINT') or 'smsotp-lint'
local HEADER = '[authentication.authenticator.sms_otp.parameters]'
local folder = vim.fn.tempname()
local buffer

local function fail(what)
  io.stderr:write('not seen: ' .. what .. '\n')
  vim.cmd('cquit 1')
end

--- Waits until something is so; the time is a guard.
local function seen(what, is_so)
  if not vim.wait(20000, is_so, 10) then
    fail(what)
  end
  io.stdout:write('seen: ' .. what .. '\n')
end

--- The result of a request about the place of the cursor.
local function ask(method, params)
  params = params or vim.lsp.util.make_position_params(0, 'utf-16')
  local answers = vim.lsp.buf_request_sync(buffer, method, params, 20000) or {}
  for _, answer in pairs(answers) do
    return answer.result
  end
end

--- Types at the end of the last line, one key after the other.
local function type_keys(keys)
  vim.cmd('normal! G$')
  for key in keys:gmatch('.') do
    vim.cmd('normal! a' .. key)
  end
end

--- What is offered behind the last character of the line.
local function completion(label)
  local params = vim.lsp.util.make_position_params(0, 'utf-16')
  params.position.character = #vim.api.nvim_get_current_line()
  local result = ask('textDocument/completion', params) or {}
  for _, item in ipairs(result.items or result) do
    if item.label == label then
      return item
    end
  end
end

--- Puts the text of a completion where it says; a template without its hole.
local function take(item)
  local edit = vim.deepcopy(item.textEdit)
  edit.newText = edit.newText:gsub('%${1|?([^|},]*)[^}]*}', '%1')
  vim.lsp.util.apply_text_edits({ edit }, buffer, 'utf-16')
  vim.cmd('normal! G$')
end

local function session()
  vim.fn.mkdir(folder, 'p')
  vim.cmd('edit ' .. folder .. '/deployment.toml')
  buffer = vim.api.nvim_get_current_buf()
  vim.bo.filetype = 'toml'
  local client = vim.lsp.start_client({
    name = 'smsotp-lint', cmd = { PROGRAM, 'lsp' }, root_dir = folder,
  })
  vim.lsp.buf_attach_client(buffer, client)
  seen('the server is ready', function()
    return vim.lsp.buf_is_attached(buffer, client) and vim.lsp.get_client_by_id(client).initialized
  end)

  type_keys('[auth')
  local header = completion(HEADER)
  seen('the header is offered', function() return header ~= nil end)
  take(header)
  seen('the header is completed', function()
    return vim.api.nvim_buf_get_lines(buffer, 0, 1, true)[1] == HEADER
  end)

  vim.cmd('normal! o')
  type_keys('Tok')
  local setting = completion('TokenExpiryTime')
  seen('a setting is offered', function() return setting ~= nil end)
  seen('with its documentation', function()
    return (setting.documentation.value or ''):find('TokenExpiryTime', 1, true) ~= nil
  end)
  take(setting)
  type_keys('300')

  vim.cmd('normal! o')
  type_keys('SMSOTPMandatry = true')
  seen('the typo is underlined', function()
    local found = vim.diagnostic.get(buffer)
    return #found == 1 and found[1].code == 'unknown-parameter' and found[1].lnum == 2
  end)

  local range = vim.lsp.util.make_range_params(0, 'utf-16')
  range.context = { diagnostics = {}, only = { 'quickfix' } }
  local fix = (ask('textDocument/codeAction', range) or {})[1]
  seen('a quick fix is offered', function() return fix ~= nil and fix.edit ~= nil end)
  vim.lsp.util.apply_workspace_edit(fix.edit, 'utf-16')
  seen('the typo is renamed', function()
    return vim.api.nvim_buf_get_lines(buffer, 2, 3, true)[1] == 'SMSOTPMandatory = true'
  end)
  seen('nothing is underlined', function() return #vim.diagnostic.get(buffer) == 0 end)

  vim.api.nvim_win_set_cursor(0, { 3, 2 })
  local hover = ask('textDocument/hover')
  seen('hover tells what the server uses', function()
    return hover ~= nil and hover.contents.value:find('The server uses', 1, true) ~= nil
  end)
  vim.lsp.stop_client(client)
  seen('the server is gone', function() return vim.lsp.client_is_stopped(client) end)
end

local ran, problem = pcall(session)
vim.fn.delete(folder, 'rf')
if not ran then
  fail(tostring(problem))
end
vim.cmd('qall!')
