import { useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { CopyButton } from "#components/ui/copy-button.tsx";
import { Moment } from "#components/ui/moment.tsx";
import type { Share } from "#lib/domain/share.ts";
import { RevokeButton } from "./revoke-button.tsx";
import { scopeWords } from "./share-words.ts";

/** The form that had the focus is gone. */
const takeFocus = (field: HTMLInputElement | null) => field?.focus();

/** A link just made. Its address is stored nowhere: this is the only time it can be shown. */
export function MadeLink({ share, onAnother }: { share: Share & { url: string }; onAnother: () => void }) {
  const [revoked, setRevoked] = useState(false);
  return (
    <section aria-label="The new link" className="grid gap-2.5">
      <p className="text-xs font-medium text-ink-3" id="new-link-label">
        {revoked ? "The link was revoked. It opens nothing any more." : "The link, shown this once"}
      </p>
      <div className="flex items-center gap-1 rounded-control border border-line-strong bg-surface py-0.5 pr-0.5 pl-2.5">
        <input
          ref={takeFocus}
          readOnly
          aria-labelledby="new-link-label"
          value={share.url}
          onFocus={(event) => event.target.select()}
          className="min-w-0 flex-1 bg-transparent py-1 font-mono text-xs"
        />
        <CopyButton text={share.url} label="Copy the link">
          Copy
        </CopyButton>
      </div>
      <p className="text-ink-3">
        {scopeWords[share.scope]}, until <Moment at={share.expiresAt} style="day" />
        {share.indexable && ", listed by search engines"}
      </p>
      <div className="flex justify-end gap-2">
        {!revoked && <RevokeButton id={share.id} onRevoked={() => setRevoked(true)} />}
        <Button onClick={onAnother}>Make another</Button>
      </div>
    </section>
  );
}
