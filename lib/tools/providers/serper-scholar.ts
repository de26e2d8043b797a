import { z } from "zod";
import { askJson } from "./ask-service.ts";
import { firstTen } from "./first-ten.ts";
import { plainText } from "./plain-text.ts";
import type { ScholarProvider } from "./provider.ts";
import { serperAddress, serperManners } from "./serper.ts";
import type { KeyedService } from "./service-options.ts";
import { serviceUrl } from "./service-url.ts";
import { toPaper } from "./to-paper.ts";

const form = z.object({ organic: z.array(z.unknown()).nullish() });
const resultForm = z.object({
  title: z.string(),
  link: z.string().nullish(),
  pdfUrl: z.string().nullish(),
  publicationInfo: z.string().nullish(),
  year: z.union([z.number(), z.string()]).nullish(),
  citedBy: z.number().nullish(),
  snippet: z.string().nullish(),
});

/** Google Scholar through serper.dev: what the model was trained with. */
export const serperScholar = ({ apiKey, baseUrl = serperAddress }: KeyedService): ScholarProvider => ({
  name: "serper",
  manners: serperManners,
  async ask(query, signal) {
    const answer = await askJson(serviceUrl(baseUrl, "scholar"), form, {
      signal,
      method: "POST",
      headers: { "x-api-key": apiKey },
      body: { q: query },
    });
    if (!answer.ok) return answer;
    return { ok: true, value: firstTen(answer.value.organic, resultForm, toScholarPaper) };
  },
});

const toScholarPaper = ({ title, link, publicationInfo, snippet, ...work }: z.infer<typeof resultForm>) =>
  toPaper({ ...work, title: plainText(title), urls: [link], venue: publicationInfo, abstract: plainText(snippet ?? "") });
