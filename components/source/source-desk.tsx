import { ChevronLeft, ExternalLink } from "lucide-react";
import { TopBar } from "#components/shell/top-bar.tsx";
import { ButtonLink, buttonClass } from "#components/ui/button.tsx";
import { icon } from "#components/ui/icon.ts";
import { Moment } from "#components/ui/moment.tsx";
import type { Source } from "#lib/domain/source.ts";
import type { CitedPlace } from "./cited-places.ts";
import { PlaceSteps } from "./place-steps.tsx";
import { ScrollToPassage } from "./scroll-to-passage.tsx";
import { SourceFacts, type SourceRelations } from "./source-facts.tsx";
import { SourceText } from "./source-text.tsx";

export interface SourceDeskProps {
  source: Source;
  /** The number it has in the report that the reader comes from, else in its run. */
  n: number;
  places: readonly CitedPlace[];
  /** The place that the page opens at. */
  first: number | null;
  reportId: string | null;
  relations: SourceRelations;
  back: { href: string; words: string };
}

/** A source as it was read, opened at the cited passage. */
export function SourceDesk({ source, n, places, first, reportId, relations, back }: SourceDeskProps) {
  const key = `${source.id} ${first}`;
  return (
    <>
      <TopBar>
        <ButtonLink look="quiet" href={back.href} aria-keyshortcuts="b">
          <ChevronLeft {...icon} />
          <span className="max-sm:sr-only">{back.words}</span>
        </ButtonLink>
        <span className="min-w-0 flex-1 truncate font-semibold max-sm:text-ink-2">Source {n}</span>
        <PlaceSteps key={key} count={places.length} first={first} backHref={back.href} />
        {/^https?:/i.test(source.url) && (
          <a className={buttonClass()} href={source.url} target="_blank" rel="noopener noreferrer nofollow ugc">
            <ExternalLink {...icon} />
            <span className="max-sm:sr-only">Live page</span>
          </a>
        )}
      </TopBar>
      <div className="grid flex-1 grid-cols-[minmax(0,1fr)] bg-surface lg:grid-cols-[minmax(0,1fr)_23.5rem] print:block">
        <main id="main" className="mx-auto w-full max-w-[calc(var(--container-read)+6rem)] px-4 pt-8 pb-16 md:px-8 md:pt-10">
          <p className="text-xs text-ink-3">
            Stored copy, as it was read on <Moment at={source.fetchedAt} style="day" />. The live page may differ.
          </p>
          <h1 className="mt-2 font-serif text-[1.75rem]/9 font-semibold tracking-[-0.012em] [overflow-wrap:anywhere]">
            {source.title || source.url}
          </h1>
          <div className="mt-5 border-y border-line py-3.5 lg:hidden">
            <SourceFacts source={source} relations={relations} />
          </div>
          <SourceText text={source.text} places={places} first={first} reportId={reportId} />
          <ScrollToPassage place={first === null ? "" : key} />
        </main>
        <aside
          data-screen
          aria-label="Facts"
          className="sticky top-13 hidden h-[calc(100dvh-3.25rem)] self-start overflow-auto border-l border-line bg-canvas px-4.5 py-4 lg:block"
        >
          <SourceFacts source={source} relations={relations} />
        </aside>
      </div>
    </>
  );
}
