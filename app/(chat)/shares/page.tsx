import type { Metadata } from "next";
import { ShareList } from "#components/share/share-list.tsx";
import { SignOut } from "#components/shell/sign-out.tsx";
import { TopBar } from "#components/shell/top-bar.tsx";
import { database } from "#db/database.ts";
import { listShares } from "#db/queries/shares.ts";
import { currentViewer } from "#lib/web/viewer.ts";

export const metadata: Metadata = { title: "Shared links" };

export default async function SharesPage() {
  const shares = await listShares(database(), await currentViewer());
  return (
    <>
      <TopBar>
        <h1 className="text-sm font-semibold">Shared links</h1>
      </TopBar>
      <main id="main" className="mx-auto w-full max-w-work px-4 py-6 md:px-6">
        {shares.items.length === 0 ? (
          <p className="text-ink-2">No report has been shared. A link is made on the page of a report, with “Share”.</p>
        ) : (
          <>
            <p className="mb-2 text-ink-2">
              Who has one of these links can read what it names, without a login. Its address was shown once, when it was made; it is not
              stored.
            </p>
            <ShareList first={shares} />
          </>
        )}
        <SignOut />
      </main>
    </>
  );
}
