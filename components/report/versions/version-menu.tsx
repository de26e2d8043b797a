"use client";

import { Check, ChevronDown, GitCompareArrows, History, PenLine } from "lucide-react";
import Link from "next/link";
import { useReading, useReadingStore, useReport } from "#components/report/reading.tsx";
import type { VersionFacts } from "#components/report/report-facts.ts";
import { count } from "#components/trace/count.ts";
import { Button } from "#components/ui/button.tsx";
import { icon, smallIcon } from "#components/ui/icon.ts";
import { Menu } from "#components/ui/menu.tsx";
import { MenuRow } from "#components/ui/menu-row.tsx";
import { Moment } from "#components/ui/moment.tsx";
import { wishWords } from "./wish-words.ts";

/** The versions of the report: which there are, what was asked of each, what changed between them, and the way to another one. */
export function VersionMenu() {
  const { id, version, versions, writers } = useReport();
  const store = useReadingStore();
  const isOpen = useReading((state) => state.menu === "versions");
  const before = versions.findLast((each) => each.version < version);
  return (
    <Menu
      label="Versions"
      open={isOpen}
      onOpenChange={(open) => store.set({ menu: open ? "versions" : null })}
      trigger={
        <Button look="quiet" aria-keyshortcuts="v" aria-label={`Version ${version}`}>
          <span className="max-sm:hidden">Version</span>
          <History {...icon} className="sm:hidden" /> {version}
          <ChevronDown {...smallIcon} />
        </Button>
      }
    >
      {versions.toReversed().map((each) => (
        <VersionRow key={each.id} facts={each} isThis={each.id === id} />
      ))}
      <hr className="mx-2 my-1.5 border-line" />
      <MenuRow
        symbol={<PenLine {...icon} />}
        words="Write again from the same evidence"
        note={
          writers.length > 0
            ? "Other length, language or instructions. Nothing is searched again."
            : "Only a language model can, and none writes reports here."
        }
        disabled={writers.length === 0}
        onSelect={() => store.set({ menu: "write-again" })}
      />
      {before && (
        <MenuRow
          symbol={<GitCompareArrows {...icon} />}
          words={`What changed from version ${before.version} to ${version}`}
          link={(inside) => <Link href={`/reports/${id}/changes?from=${before.id}`}>{inside}</Link>}
        />
      )}
    </Menu>
  );
}

function VersionRow({ facts: { id, version, createdAt, model, rewrite, citations }, isThis }: { facts: VersionFacts; isThis: boolean }) {
  const asked = rewrite ? `${wishWords(rewrite.wishes)}. ` : "As first written. ";
  return (
    <MenuRow
      symbol={isThis ? <Check {...icon} /> : <History {...icon} className="text-ink-3" />}
      words={`Version ${version}${isThis ? ", this one" : ""}`}
      side={<Moment at={createdAt} />}
      note={`${asked}${count(citations, "citation")}${model ? `, ${model}` : ""}`}
      link={(inside) => (
        <Link href={`/reports/${id}`} aria-current={isThis || undefined}>
          {inside}
        </Link>
      )}
    />
  );
}
