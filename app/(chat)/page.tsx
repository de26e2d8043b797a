import { TriangleAlert } from "lucide-react";
import type { Metadata } from "next";
import { cookies } from "next/headers";
import { Composer } from "#components/ask/composer.tsx";
import { modeChoiceFrom } from "#components/ask/mode-choice.ts";
import { NoModelBanner } from "#components/ask/no-model-banner.tsx";
import { TopBar } from "#components/shell/top-bar.tsx";
import { smallIcon } from "#components/ui/icon.ts";
import { Tag } from "#components/ui/tag.tsx";
import { database } from "#db/database.ts";
import { pastRuns } from "#db/queries/estimates.ts";
import { estimatesOf } from "#lib/domain/estimate.ts";
import { maxQuestionLength } from "#lib/domain/new-run.ts";
import { env } from "#lib/env.ts";
import { modelState } from "#lib/model/state.ts";
import { currentViewer } from "#lib/web/viewer.ts";

export const metadata: Metadata = { title: "New question" };

export default async function AskPage() {
  await currentViewer();
  const { connected, name, found } = await modelState();
  return (
    <>
      <TopBar>
        <span className="min-w-0 flex-1 truncate font-semibold">New question</span>
        {connected ? (
          <Tag tone="line">{name}</Tag>
        ) : (
          <Tag tone="warn">
            <TriangleAlert {...smallIcon} />
            No model
          </Tag>
        )}
      </TopBar>
      <main
        id="main"
        className="mx-auto grid w-full max-w-184 grid-cols-[minmax(0,1fr)] content-start gap-5 px-4 pt-[clamp(1.5rem,9vh,6rem)] pb-12"
      >
        {!connected && <NoModelBanner found={found} />}
        <h1 className="font-serif text-[1.75rem]/9 font-medium tracking-[-0.015em] sm:text-h1">What do you want to establish?</h1>
        <Composer
          connected={connected}
          longest={maxQuestionLength}
          initial={modeChoiceFrom(await cookies(), env().HEAVY_LANES)}
          estimates={estimatesOf(await pastRuns(database().sql, name))}
        />
      </main>
    </>
  );
}
