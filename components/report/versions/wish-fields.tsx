"use client";

import { useReport } from "#components/report/reading.tsx";
import type { RewriteWishes } from "#lib/domain/report.ts";

/** The wishes as they stand in the form: an empty field asks for nothing. */
export type Wishes = { length: RewriteWishes["length"] | ""; language: string; instructions: string; model: string };

const lengths = [
  { value: "", words: "As long" },
  { value: "shorter", words: "Shorter" },
  { value: "longer", words: "Longer" },
] as const;
const languages = ["English", "中文", "Deutsch", "Français", "Español", "日本語"];
const field = "w-full rounded-control bg-surface px-2.5 py-1.5 text-lg inset-ring inset-ring-line-strong";

export function WishFields({ wishes, onChange }: { wishes: Wishes; onChange: (wishes: Wishes) => void }) {
  const { writers } = useReport();
  const set = (change: Partial<Wishes>) => onChange({ ...wishes, ...change });
  return (
    <>
      <fieldset>
        <legend className="mb-1 font-medium">Length</legend>
        <div className="flex flex-wrap gap-x-4">
          {lengths.map(({ value, words }) => (
            <label key={value} className="inline-flex min-h-8 items-center gap-1.5 pointer-coarse:min-h-11">
              <input type="radio" name="length" checked={wishes.length === value} onChange={() => set({ length: value })} />
              {words}
            </label>
          ))}
        </div>
      </fieldset>
      <label className="grid gap-1">
        <span className="font-medium">Language</span>
        <input
          className={field}
          list="languages"
          maxLength={60}
          value={wishes.language}
          onChange={(event) => set({ language: event.target.value })}
          placeholder="That of the question"
        />
        <datalist id="languages">
          {languages.map((language) => (
            <option key={language} value={language} />
          ))}
        </datalist>
      </label>
      <label className="grid gap-1">
        <span className="font-medium">Instructions</span>
        <textarea
          className={`${field} field-sizing-content max-h-60 min-h-20 resize-none`}
          maxLength={2_000}
          value={wishes.instructions}
          onChange={(event) => set({ instructions: event.target.value })}
          placeholder="The costs in a table, for a reader who knows the law"
        />
      </label>
      {writers.length > 1 && (
        <label className="grid gap-1">
          <span className="font-medium">Model</span>
          <select className={field} value={wishes.model || writers[0]} onChange={(event) => set({ model: event.target.value })}>
            {writers.map((name) => (
              <option key={name}>{name}</option>
            ))}
          </select>
        </label>
      )}
    </>
  );
}
