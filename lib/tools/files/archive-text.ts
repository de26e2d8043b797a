import { maxCharacters } from "#lib/tools/reader/tidy-text.ts";
import { counted } from "./counted.ts";
import { fairShares } from "./fair-shares.ts";
import { fileFailure } from "./file-failure.ts";
import type { FileAnswer } from "./file-text.ts";
import type { ZipMember } from "./list-zip.ts";
import { withText } from "./with-text.ts";

export interface ReadMember {
  member: ZipMember;
  answer: FileAnswer;
}

const listedMembers = 200;
/** So that the list, at most 200 names of at most 200 letters with a reason each, does not cost the members their ends. */
const listCharacters = 80_000;

/** An archive as one text: the list of what is in it with why it was not read, then what was read. A failure when that is nothing. */
export function archiveText(members: ZipMember[], tried: ReadMember[]): FileAnswer {
  const extent = `${counted(tried.filter(({ answer }) => answer.ok).length, "file")} of ${members.length.toLocaleString("en")} read`;
  const texts = tried.flatMap(({ member, answer }) => (answer.ok ? [{ member, text: answer.text }] : []));
  const first = tried[0];
  if (texts.length === 0) {
    const why = first && !first.answer.ok ? `: ${label(first.member)}: ${first.answer.detail}` : "";
    return fileFailure("unreadable-page", `none of its ${counted(members.length, "file")} can be read${why}`);
  }
  const shares = fairShares(
    texts.map(({ text }) => text.length),
    maxCharacters - listCharacters,
  );
  const parts = texts.map(({ member, text }, index) => `## ${label(member)}\n\n${shortened(text, shares[index] ?? 0)}`);
  return withText({ ok: true, title: "", text: [listOf(members, tried), ...parts].join("\n\n"), extent });
}

function listOf(members: ZipMember[], tried: ReadMember[]): string {
  const failures = new Map(tried.map(({ member, answer }) => [member, answer.ok ? "" : `: not read, ${answer.detail.split(";")[0]}`]));
  const lines = members.slice(0, listedMembers).map((member) => `- ${label(member)}${failures.get(member) ?? ": not read"}`);
  const more = members.length > listedMembers ? [`- and ${counted(members.length - listedMembers, "more file")}`] : [];
  return ["Files in the archive:", ...lines, ...more].join("\n");
}

const label = ({ name }: ZipMember) =>
  name
    .replace(/[\s\p{Cc}]+/gu, " ")
    .slice(0, 200)
    .toWellFormed();

function shortened(text: string, length: number): string {
  if (text.length <= length) return text;
  return `${text.slice(0, length).toWellFormed()}\n\n[This file goes on. Its first ${length.toLocaleString("en")} of ${text.length.toLocaleString("en")} characters were kept.]`;
}
