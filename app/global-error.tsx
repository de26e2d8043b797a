"use client";

import "./globals.css";
import { MessagePage } from "#components/shell/message-page.tsx";

export default function GlobalError() {
  return (
    <html lang="en">
      <body>
        <title>Not available · Dossier</title>
        <MessagePage title="Dossier cannot be shown">
          The server made a mistake while it prepared the page, or its database does not answer. Its log tells why. Reload when it is
          mended; nothing is lost.
        </MessagePage>
      </body>
    </html>
  );
}
