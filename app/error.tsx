"use client";

import { MessagePage } from "#components/shell/message-page.tsx";
import { Button } from "#components/ui/button.tsx";

export default function ErrorPage({ error, retry }: { error: unknown; retry: () => void }) {
  const digest = error instanceof Error && "digest" in error ? String(error.digest) : null;
  return (
    <MessagePage
      title="This page could not be shown"
      action={
        <Button look="primary" onClick={retry}>
          Try again
        </Button>
      }
    >
      Dossier made a mistake, or its database does not answer. Runs go on and nothing is lost.
      {digest && ` The server’s log has the cause under ${digest}.`}
    </MessagePage>
  );
}
