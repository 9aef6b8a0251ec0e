"""A session with the client of pytest-lsp, which checks that what the server says is of the protocol.

In a virtual environment outside of the repository, with the program on the path or in SMSOTP_LINT:

    pip install pytest-lsp
    pytest -p no:cacheprovider --asyncio-mode=auto tests/editors/test_pygls.py
"""

import asyncio
import os
import time

import pytest_lsp
from lsprotocol import types
from pytest_lsp import ClientServerConfig, LanguageClient, client_capabilities

PROGRAM = os.environ.get("SMSOTP_LINT", "smsotp-lint")
HEADER = "[authentication.authenticator.sms_otp.parameters]\n"
URI = "file:///nowhere/deployment.toml"


@pytest_lsp.fixture(
    params=["visual-studio-code", "neovim", "emacs"],
    config=ClientServerConfig(server_command=[PROGRAM, "lsp"]),
)
async def client(request, lsp_client: LanguageClient):
    # Some of these editors promise it, and pytest-lsp leaves it to its users.
    lsp_client.feature(types.CLIENT_REGISTER_CAPABILITY)(lambda _: None)
    capabilities = client_capabilities(request.param)
    await lsp_client.initialize_session(types.InitializeParams(capabilities=capabilities))
    yield
    await lsp_client.shutdown_session()


def place(line, character):
    document = types.TextDocumentIdentifier(uri=URI)
    return {"text_document": document, "position": types.Position(line, character)}


def opened(client, text):
    item = types.TextDocumentItem(uri=URI, language_id="toml", version=1, text=text)
    client.text_document_did_open(types.DidOpenTextDocumentParams(text_document=item))


def changed(client, version, text):
    document = types.VersionedTextDocumentIdentifier(uri=URI, version=version)
    whole = types.TextDocumentContentChangeWholeDocument(text=text)
    client.text_document_did_change(types.DidChangeTextDocumentParams(document, [whole]))


def said(text):
    """A text in whatever form the editor takes it."""
    return text if isinstance(text, str) else text.value


async def findings(client):
    """The rules of the findings, asked for."""
    document = types.TextDocumentIdentifier(uri=URI)
    report = await client.text_document_diagnostic_async(types.DocumentDiagnosticParams(document))
    return [item.code for item in report.items]


async def test_a_section_from_nothing(client: LanguageClient):
    opened(client, "[auth")
    headers = await client.text_document_completion_async(types.CompletionParams(**place(0, 5)))
    assert HEADER.strip() in [item.label for item in headers]

    changed(client, 2, HEADER + "Tok")
    settings = await client.text_document_completion_async(types.CompletionParams(**place(1, 3)))
    expiry = next(item for item in settings if item.label == "TokenExpiryTime")
    assert "TokenExpiryTime" in said(expiry.documentation)

    text = HEADER + 'SMSOTPMandatry = true\nTokenExpiryTime = "5m"\n'
    changed(client, 3, text)
    assert await findings(client) == ["unknown-parameter", "not-a-number"]
    everything = types.Range(types.Position(0, 0), types.Position(9, 0))
    asked = types.CodeActionParams(
        types.TextDocumentIdentifier(uri=URI), everything, types.CodeActionContext(diagnostics=[])
    )
    actions = await client.text_document_code_action_async(asked)
    assert actions[0].kind == types.CodeActionKind.QuickFix
    hints = await client.text_document_inlay_hint_async(
        types.InlayHintParams(types.TextDocumentIdentifier(uri=URI), everything)
    )
    assert [hint.label for hint in hints] == ["the server uses nothing"]
    hover = await client.text_document_hover_async(types.HoverParams(**place(2, 3)))
    assert "The server uses" in said(hover.contents)


async def test_a_reference_leads_to_its_value(client: LanguageClient):
    opened(client, "[a]\nb = 1\n[c]\nd = '$ref{a.b}'\n")
    found = await client.text_document_definition_async(types.DefinitionParams(**place(3, 8)))
    assert found.range.start == types.Position(1, 0)


async def test_typing_in_a_long_file(client: LanguageClient):
    """Each keystroke is underlined soon. Prints the times; a release build needs a few ms."""
    tables = [f"[table{at}]\nurl = \"jdbc:x?password=hunter{at}\"\nsize = {at}\n\n" for at in range(184)]
    text = "".join(tables) + HEADER
    assert text.count("\n") == 737
    opened(client, text)
    times = []
    for at, _ in enumerate(typed := "SMSOTPMandatry = true\n"):
        text += typed[at]
        begun = time.perf_counter()
        changed(client, at + 2, text)
        found = await findings(client)
        times.append((time.perf_counter() - begun) * 1000)
        await asyncio.sleep(0)
    assert found == ["unknown-parameter"]
    print(f"slowest {max(times):.1f} ms, median {sorted(times)[len(times) // 2]:.1f} ms")
