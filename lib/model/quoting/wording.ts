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
  otherPlan: (names: string) => `Lane 1 begins with the whole question. I begin with parts of it: ${names}.`,
  broader: "That gave no results. I try its words one by one.",
  visit: (titles: string) => `These results cover most of the question: ${titles}. I read them.`,
  hop: (names: string) =>
    `What was read brings up ${names}, which the question does not name. The answer may stand there, so I search for it.`,
  added: (names: string) => `Words were added to the question. I search for them: ${names}.`,
  answer: (pages: number) =>
    `I have read ${pages} ${pages === 1 ? "page" : "pages"}. I quote the sentences that answer best and say what is missing.`,
  giveUp: "Nothing could be read. I say so, with the reasons.",
  report: {
    found: "What was found",
    nothingYet: "Nothing has been read.",
    nothingSaid: "Nothing that bears on the question was found in it.",
    done: "What was done",
    searched: "Searched for",
    read: "Read",
    nothingRead: "none of the pages could be read",
    failed: "What failed",
    next: "To be read next",
  },
  compress: (quotes: number, sources: number) =>
    `The answer quotes ${counted(quotes, "sentence")} from ${counted(sources, "source")}. I list them, and how they were found.`,
  synthesis: {
    thought: (lanes: number, quotes: number) =>
      `${counted(lanes, "lane")} quoted ${counted(quotes, "different sentence")}. I count how many lanes quote each, and cite every source that a lane cites.`,
    agreement: "How far the lanes agree",
    agree: (lanes: number[], all: number) =>
      `Of ${counted(all, "lane")}, the ${lanes.length === 1 ? "sentence at the top is" : "sentences at the top are"} quoted by ${lanes.join(", ")}${lanes.length === 1 ? "" : ", in this order"}. Whether the other lanes contradict ${lanes.length === 1 ? "it" : "them"} was not judged.`,
    choiceThought: (lanes: number, quotes: number) =>
      `${counted(lanes, "lane")} quoted ${counted(quotes, "different sentence")}. I choose the lane that quotes most of the question's words, however many others say the same.`,
    choice: "Why this answer",
    chosen: (lane: number, all: number) =>
      `This is what lane ${lane} quotes. Of ${counted(all, "lane")}, none quotes more of the question's words, where names and numbers count more than others. Whether the other lanes contradict it was not judged.`,
    verdict: (lanes: number, all: number, sources: number) =>
      `Quoted by ${lanes} of ${counted(all, "lane")}, from ${counted(sources, "independent source")}.`,
  },
};

const counted = (count: number, thing: string) => `${count} ${thing}${count === 1 ? "" : "s"}`;

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
  otherPlan: (names) => `第 1 位研究者先搜索整个问题，我先搜索其中的部分：${names}。`,
  broader: "没有找到结果，改为逐个关键词搜索。",
  visit: (titles) => `这些结果与问题最相关：${titles}。打开阅读。`,
  hop: (names) => `读到的内容提到了${names}，问题里没有。答案可能在那里，继续搜索。`,
  added: (names) => `问题有补充，先搜索补充的内容：${names}。`,
  answer: (pages) => `已读 ${pages} 个页面。下面引用最能回答问题的句子，并说明还缺什么。`,
  giveUp: "什么都没能读到，如实说明原因。",
  report: {
    found: "找到的内容",
    nothingYet: "没有读到任何内容。",
    nothingSaid: "其中没有与问题有关的内容。",
    done: "已做的工作",
    searched: "搜索",
    read: "阅读",
    nothingRead: "页面都未能读取",
    failed: "失败的尝试",
    next: "接下来要读的",
  },
  compress: (quotes, sources) => `答案引用了 ${sources} 个来源的 ${quotes} 个句子。列出这些句子，以及找到它们的过程。`,
  synthesis: {
    thought: (lanes, quotes) => `${lanes} 位研究者共引用了 ${quotes} 个不同的句子。统计每个句子有几位引用，并保留每一个被引用的来源。`,
    agreement: "研究者之间的一致程度",
    agree: (lanes, all) => `${all} 位研究者中，上面排在最前的句子依次有 ${lanes.join("、")} 位引用。其余研究者是否与之矛盾，未作判断。`,
    choiceThought: (lanes, quotes) =>
      `${lanes} 位研究者共引用了 ${quotes} 个不同的句子。选择引用问题用词最多的一位，不看有多少人说法相同。`,
    choice: "为什么选这个答案",
    chosen: (lane, all) =>
      `以上是第 ${lane} 位研究者所引的内容。${all} 位研究者中，没有谁引用的问题用词比其更多（名称和数字计得更重）。其余研究者是否与之矛盾，未作判断。`,
    verdict: (lanes, all, sources) => `${all} 位研究者中有 ${lanes} 位引用，来自 ${sources} 个独立来源。`,
  },
};

/** The few words the quoting model has of its own, in the language of the question where we have it. */
export const wordingFor = (question: string) => (isMostlyCjk(question) ? chinese : english);
export type Wording = typeof english;
