import { type Dossier, startDossier } from "./dossier.ts";
import { isAgents, turnOf } from "./servers/fake-model/script-policy.ts";
import { type FakeModel, startFakeModel } from "./servers/fake-model.ts";
import { startFakeSearch } from "./servers/fake-search.ts";
import { type FakePage, startFakeWeb } from "./servers/fake-web.ts";
import { askedPairs, askedPart, type WriterLines } from "./writing-model.ts";

export interface WritingScript {
  /** What the agent answers after it has searched once and opened every page. */
  answer: string;
  writer: WriterLines;
  /** What the judge says of a sentence. */
  verdict?: (claim: string, passage: string) => string;
  /** Comes before the model says the next part of the report. */
  beforePart?: Promise<unknown>;
}

export interface WritingHouse extends Dossier {
  model: FakeModel;
  web: Awaited<ReturnType<typeof startFakeWeb>>;
  script(next: WritingScript): void;
}

/** Dossier as it is set up by default: a model that researches, writes the report and judges its sentences, each by its own prompt. */
export async function startWritingHouse(pages: Record<string, FakePage>, settings: Record<string, string> = {}): Promise<WritingHouse> {
  let script: WritingScript = { answer: "", writer: { outline: "" } };
  const web = await startFakeWeb(pages);
  const urls = Object.keys(pages).map((path) => `${web.url}${path}`);
  const search = await startFakeSearch(() => urls.map((url) => ({ url, title: `Page ${url}`, content: "It bears on the question." })));
  const model = await startFakeModel(
    async (request) => {
      const messages = request.messages.map(({ role, content }) => ({ role, content: String(content ?? "") })) as Parameters<
        typeof askedPart
      >[0];
      if (!isAgents(request)) return said(JSON.stringify({ rational: "It bears on it.", evidence: "", summary: "It bears on it." }));
      const pairs = askedPairs(messages);
      const verdict = script.verdict ?? (() => "supported - the passage says so");
      if (pairs)
        return said(
          `<think>\nI compare.\n</think>\n${pairs.map(({ id, claim, passage }) => `${id}: ${verdict(claim, passage)}`).join("\n")}`,
        );
      const part = askedPart(messages);
      if (part) {
        await script.beforePart;
        const { outline, sections = {}, closing = "" } = script.writer;
        const line = { outline, closing, section: "" }[part.kind];
        const section = part.kind === "section" ? Object.entries(sections).find(([title]) => part.title.includes(title))?.[1] : undefined;
        return said(`<think>\nI write.\n</think>\n<report>\n${section ?? line}\n</report>`);
      }
      const turns = [
        call("search", { query: ["the question"] }),
        call("visit", { url: urls, goal: "what it says" }),
        `<think>\nThat is it.\n</think>\n<answer>\n${script.answer}\n</answer>`,
      ];
      return said(turns[turnOf(request)] ?? "<answer>The script has ended.</answer>");
    },
    { name: "Tongyi-DeepResearch-30B-A3B" },
  );
  const house = await startDossier({
    MODEL_BASE_URL: model.url,
    MODEL_NAME: "Tongyi-DeepResearch-30B-A3B",
    SEARCH_PROVIDERS: "searxng",
    SEARXNG_URL: search.url,
    SCHOLAR_PROVIDERS: "none",
    PYTHON_SANDBOX: "off",
    FETCH_ALLOW_HOSTS: web.host,
    REPORT_WRITER: "on",
    CLAIM_JUDGE: "on",
    ...settings,
  });
  return {
    ...house,
    model,
    web,
    script(next) {
      script = next;
    },
    async stop() {
      await house.stop();
      await Promise.all([model.close(), web.close(), search.close()]);
    },
  };
}

const said = (text: string) => ({ kind: "text" as const, text });
const call = (name: string, given: object) =>
  `<think>\nI go on.\n</think>\n<tool_call>\n${JSON.stringify({ name, arguments: given })}\n</tool_call>`;
