"""The other side of the mail tests: an SMTP server with many faces (serve), and a reader of messages (parse).

serve CERTIFICATE KEY: prints {"ports": {face: port}}, then one line of JSON for every mail, QUIT and sign-in. Ends when its input ends.
parse: reads one base64 message per line, prints what Python's own e-mail package makes of it.
"""
import asyncio
import base64
import email
import email.policy
import json
import logging
import os
import ssl
import sys
import threading
from email.header import decode_header, make_header
from email.utils import getaddresses


def parse(raw):
    # The newer header parser puts a space between the encoded-words of a name (Python 3.11), so names and subject are read by the older one.
    message = email.message_from_string(raw.decode("utf-8"), policy=email.policy.default)
    plain = email.message_from_string(raw.decode("utf-8"))

    def words(value):
        return str(make_header(decode_header(value)))

    def mailbox(name):
        phrase, address = getaddresses([plain[name]])[0]
        return [words(phrase), address]
    leaves = [part for part in message.walk() if not part.is_multipart()]
    bodies = [part for part in leaves if part.get_content_disposition() != "attachment"]
    files = [part for part in leaves if part.get_content_disposition() == "attachment"]

    def text(subtype):
        found = [part for part in bodies if part.get_content_subtype() == subtype]
        return found[0].get_payload(decode=True).decode("utf-8") if found else None

    return {
        "from": mailbox("from"),
        "to": mailbox("to"),
        "subject": words(plain["subject"]),
        "date": message["date"].datetime.isoformat(),
        "messageId": message["message-id"],
        "headers": [[name, words(value)] for name, value in plain.items()],
        "defects": [repr(defect) for part in message.walk() for defect in part.defects]
        + [repr(defect) for value in message.values() for defect in value.defects],
        "types": [part.get_content_type() for part in message.walk()],
        "text": text("plain"),
        "html": text("html"),
        "attachments": [
            {"name": part.get_filename(), "type": part.get_content_type(), "content": base64.b64encode(part.get_payload(decode=True)).decode()} for part in files
        ],
    }


def report(**event):
    print(json.dumps(event), flush=True)


def serve(certificate, key):
    from aiosmtpd.smtp import SMTP, AuthResult

    logging.disable(logging.CRITICAL)
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(certificate, key)

    def authenticate(server, session, envelope, mechanism, data):
        right = data.login.decode("utf-8") == "ผู้ส่ง" and data.password.decode("utf-8") == "รหัส ลับ:@/1"
        report(event="auth", mechanism=mechanism, right=right)
        return AuthResult(success=right, handled=False)

    class Face:
        """Does what the recipient's local part says: reply_550_5.1.1, data_451, drop-after-data, silent-at-rcpt, silent-after-data."""

        def __init__(self, name, extensions):
            self.name = name
            self.extensions = extensions

        async def handle_EHLO(self, server, session, envelope, hostname, responses):
            session.host_name = hostname
            return responses[:-1] + ["250-" + word for word in self.extensions] + responses[-1:]

        async def handle_RCPT(self, server, session, envelope, address, options):
            local = address.split("@")[0]
            if local == "silent-at-rcpt":
                await asyncio.Event().wait()
            if local.startswith("reply_"):
                return local[len("reply_") :].replace("_", " ") + " as asked"
            envelope.rcpt_tos.append(address)
            return "250 2.1.5 ok"

        async def handle_DATA(self, server, session, envelope):
            local = envelope.rcpt_tos[0].split("@")[0]
            if local.startswith("data_"):
                return local[len("data_") :].replace("_", " ") + " as asked"
            raw = envelope.original_content or envelope.content
            report(
                event="mail",
                face=self.name,
                connection=id(session),
                tls=server.transport.get_extra_info("sslcontext") is not None,
                signedIn=bool(session.authenticated),
                sender=envelope.mail_from,
                recipients=envelope.rcpt_tos,
                options=envelope.mail_options,
                raw=base64.b64encode(raw).decode(),
                parsed=parse(raw),
            )
            if local == "drop-after-data":
                server.transport.abort()
            if local == "silent-after-data":
                await asyncio.Event().wait()
            return "250 2.0.0 taken"

        async def handle_RSET(self, server, session, envelope):
            report(event="rset", face=self.name, connection=id(session))
            return "250 ok"

        async def handle_QUIT(self, server, session, envelope):
            report(event="quit", face=self.name, connection=id(session))
            return "221 2.0.0 bye"

    plain = {"enable_SMTPUTF8": True}
    faces = {
        "plain": (plain, [], None),
        "pipelining": (plain, ["PIPELINING"], None),
        "ascii": ({"decode_data": True}, [], None),
        "small": (plain | {"data_size_limit": 2000}, [], None),
        "starttls": (plain | {"tls_context": tls, "require_starttls": True}, [], None),
        "tls": (plain, [], tls),
        "auth": (plain | {"authenticator": authenticate, "auth_required": True, "auth_require_tls": False}, [], None),
        "auth-login": (
            plain | {"authenticator": authenticate, "auth_required": True, "auth_require_tls": False, "auth_exclude_mechanism": ["PLAIN"]},
            [],
            None,
        ),
        "auth-none": (plain | {"auth_require_tls": False, "auth_exclude_mechanism": ["PLAIN", "LOGIN"]}, [], None),
        "auth-after-tls": (plain | {"authenticator": authenticate, "auth_required": True, "auth_require_tls": True, "tls_context": tls}, [], None),
    }

    async def listen():
        loop = asyncio.get_running_loop()
        ports = {}
        for name, (options, extensions, context) in faces.items():
            server = await loop.create_server(
                lambda name=name, options=options, extensions=extensions: SMTP(Face(name, extensions), hostname="localhost", loop=loop, **options),
                "127.0.0.1",
                0,
                ssl=context,
            )
            ports[name] = server.sockets[0].getsockname()[1]
        report(ports=ports)
        await asyncio.Event().wait()

    def leave_with_the_tests():
        sys.stdin.read()
        os._exit(0)

    threading.Thread(target=leave_with_the_tests, daemon=True).start()
    asyncio.run(listen())


if sys.argv[1] == "serve":
    import warnings

    warnings.simplefilter("ignore")
    serve(sys.argv[2], sys.argv[3])
else:
    for line in sys.stdin:
        print(json.dumps(parse(base64.b64decode(line))), flush=False)
