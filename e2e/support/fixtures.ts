import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, type Page } from "@playwright/test";
import { type Dossier, startDossier } from "./dossier.ts";
import { test as base } from "./let-in-test.ts";
import { type FakeModel, type Reply, startFakeModel } from "./servers/fake-model.ts";
import { startFakeSearch } from "./servers/fake-search.ts";
import { startFakeWeb } from "./servers/fake-web.ts";

export interface ScriptedHouse extends Dossier {
  model: FakeModel;
  web: Awaited<ReturnType<typeof startFakeWeb>>;
  /** What the model says from now on, by the number of assistant turns in the prompt. */
  script(turns: ((index: number) => Reply | Promise<Reply>) | Reply[]): void;
}

interface Workers {
  /** Dossier without a model, over a small corpus: what a newcomer has with the network unplugged. */
  quoting: Dossier;
  /** Dossier with a vLLM-shaped model, a SearXNG-shaped search and a small web. */
  scripted: ScriptedHouse;
}

/** Any error in the browser's console fails the test, and so does a request to another host. */
export const test = base.extend<{ page: Page }, Workers>({
  page: async ({ page }, use) => {
    const complaints: string[] = [];
    page.on("console", (message) => message.type() === "error" && complaints.push(`${message.text()} ${message.location().url}`));
    page.on("pageerror", (error) => complaints.push(error.message));
    page.on("request", (request) => {
      const { hostname, protocol } = new URL(request.url());
      if (/^https?:/.test(protocol) && hostname !== "127.0.0.1") complaints.push(`a request left for ${hostname}`);
    });
    await use(page);
    expect(complaints).toEqual([]);
  },
  quoting: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads what a fixture needs from its pattern
    async ({}, use) => {
      const corpus = await mkdtemp(join(tmpdir(), "dossier corpus "));
      for (const [name, text] of Object.entries(documents)) await writeFile(join(corpus, name), text);
      const house = await startDossier({ CORPUS_DIR: corpus, SEARCH_PROVIDERS: "corpus" });
      await use(house);
      await house.stop();
      await rm(corpus, { recursive: true });
    },
    { scope: "worker", timeout: 180_000 },
  ],
  scripted: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads what a fixture needs from its pattern
    async ({}, use) => {
      let turns: ((index: number) => Reply | Promise<Reply>) | Reply[] = [];
      const model = await startFakeModel(
        ({ messages }) => {
          if (messages[0]?.role !== "system") return { kind: "text", text: extraction };
          const index = messages.filter((message) => message.role === "assistant").length;
          return (
            (typeof turns === "function" ? turns(index) : turns[index]) ?? { kind: "text", text: "<answer>The script has ended.</answer>" }
          );
        },
        { name: "Tongyi-DeepResearch-30B-A3B" },
      );
      const web = await startFakeWeb({
        "/harbour": {
          kind: "html",
          title: "The harbour of Velsund",
          paragraphs: [`Velsund lies on the coast. ${harbourFact} ${"It has a long history of fishing and trade. ".repeat(12)}`],
        },
        "/secret": { kind: "status", status: 403 },
        "/loop": { kind: "redirect", to: "/loop" },
        "/inside": { kind: "redirect", to: "http://169.254.169.254/latest/meta-data" },
      });
      const search = await startFakeSearch(() => [
        { url: `${web.url}/harbour`, title: "The harbour of Velsund", content: "Depth and dredging of the harbour." },
        { url: `${web.url}/secret`, title: "Harbour board minutes", content: "Minutes of 12 March." },
      ]);
      const settings = {
        MODEL_BASE_URL: model.url,
        MODEL_NAME: "Tongyi-DeepResearch-30B-A3B",
        SEARCH_PROVIDERS: "searxng",
        SEARXNG_URL: search.url,
        SCHOLAR_PROVIDERS: "none",
        PYTHON_SANDBOX: "off",
        FETCH_ALLOW_HOSTS: web.host,
      };
      const house = await startDossier(settings);
      const script = (next: typeof turns) => {
        turns = next;
      };
      await use({ ...house, model, web, script });
      await house.stop();
      await Promise.all([model.close(), web.close(), search.close()]);
    },
    { scope: "worker", timeout: 180_000 },
  ],
});

export { expect };

export const harbourFact = "The harbour of Velsund was dredged to nine metres in 1911.";
const extraction = JSON.stringify({
  rational: "The second sentence gives the depth.",
  evidence: harbourFact,
  summary: "Nine metres since 1911.",
});

export const searchTurn: Reply & { kind: "text" } = {
  kind: "text",
  text: '<think>\nI need the depth of the harbour. I search.\n</think>\n<tool_call>\n{"name": "search", "arguments": {"query": ["Velsund harbour depth", "Velsund dredging"]}}\n</tool_call>',
};
export const visitTurn = (web: { url: string }, ...paths: string[]): Reply => ({
  kind: "text",
  text: `<think>\nI read what was found.\n</think>\n<tool_call>\n${JSON.stringify({ name: "visit", arguments: { url: paths.map((path) => `${web.url}${path}`), goal: "depth of the harbour" } })}\n</tool_call>`,
});
export const answerTurn: Reply = {
  kind: "text",
  text: `<think>\nThat answers it.\n</think>\n<answer>\n${harbourFact} It is unknown who paid for it.\n</answer>`,
};

const documents = {
  "velsund.md": `# Velsund\n\nVelsund is a town on the coast. ${harbourFact} About 4,000 people live there.\n`,
  "norhavn.md": "# Norhavn\n\nNorhavn is the neighbouring town of Velsund. Its harbour is four metres deep and freezes in most winters.\n",
  "xin-gang.md": "# 新港\n\n新港是一个海边城市。新港的港口在1911年疏浚到九米深。城里大约有四千人。\n",
};
