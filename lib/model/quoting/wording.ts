import { isMostlyCjk } from "#lib/std/script.ts";

const english = {
  best: "Closest to the question",
  others: "What each source says",
  missing: "What could not be found",
  nothing: "Nothing that answers the question was found.",
  failed: (reasons: string[]) => `What was tried and failed:\n\n${reasons.map((reason) => `- ${reason}`).join("\n")}`,
  noWords: (words: string) => `No quoted sentence speaks of: ${words}.`,
  untitled: (n: number) => `Source ${n}`,
  list: (items: string[]) => items.map((item) => `“${item}”`).join(", "),
  plan: (names: string) =>
    names
      ? `The question names ${names}. I search for the whole question and for each name apart.`
      : "I search for the question as it stands and for its content words.",
  broader: "That gave no results. I try its words one by one.",
  visit: (titles: string) => `These results cover most of the question: ${titles}. I read them.`,
  hop: (names: string) =>
    `What was read brings up ${names}, which the question does not name. The answer may stand there, so I search for it.`,
  answer: (pages: number) =>
    `I have read ${pages} ${pages === 1 ? "page" : "pages"}. I quote the sentences that answer best and say what is missing.`,
  giveUp: "Nothing could be read. I say so, with the reasons.",
};

const chinese: typeof english = {
  best: "与问题最接近的内容",
  others: "各来源的说法",
  missing: "未能找到的内容",
  nothing: "没有找到能回答这个问题的内容。",
  failed: (reasons) => `尝试过但失败的：\n\n${reasons.map((reason) => `- ${reason}`).join("\n")}`,
  noWords: (words) => `所引的句子都没有提到：${words}。`,
  untitled: (n) => `来源 ${n}`,
  list: (items) => items.map((item) => `“${item}”`).join("、"),
  plan: (names) => (names ? `问题提到了${names}。先搜索整个问题，再分别搜索它们。` : "先按原问题搜索，再搜索其中的关键词。"),
  broader: "没有找到结果，改为逐个关键词搜索。",
  visit: (titles) => `这些结果与问题最相关：${titles}。打开阅读。`,
  hop: (names) => `读到的内容提到了${names}，问题里没有。答案可能在那里，继续搜索。`,
  answer: (pages) => `已读 ${pages} 个页面。下面引用最能回答问题的句子，并说明还缺什么。`,
  giveUp: "什么都没能读到，如实说明原因。",
};

/** The few words the quoting model has of its own, in the language of the question where we have it. */
export const wordingFor = (question: string) => (isMostlyCjk(question) ? chinese : english);
export type Wording = typeof english;
