/** Numbers that look like chance and are the same each time: mulberry32. */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let value = Math.imul(state ^ (state >>> 15), 1 | state);
    value = (value + Math.imul(value ^ (value >>> 7), 61 | value)) ^ value;
    return ((value ^ (value >>> 14)) >>> 0) / 4_294_967_296;
  };
}

export interface Edit {
  kind: string;
  edited: string;
}

type Rule = [RegExp, (found: string, random: () => number) => string];

const other = (from: string, among: string, random: () => number) => {
  const rest = [...among].filter((each) => each !== from);
  return rest[Math.floor(random() * rest.length)] ?? from;
};
const swap = (pairs: string): Rule[] =>
  pairs
    .split(/\s*,\s*/)
    .map((pair) => pair.trim().split("/") as [string, string])
    .flatMap(([one, two]): Rule[] => [
      [bounded(one), (found) => cased(found, two)],
      [bounded(two), (found) => cased(found, one)],
    ]);
const bounded = (word: string) => new RegExp(/[\u4e00-\u9fff]/.test(word) ? word : `(?<![\\p{L}])${word}(?![\\p{L}])`, "gu");
const cased = (found: string, word: string) => (/^\p{Lu}/u.test(found) ? (word[0]?.toUpperCase() ?? "") + word.slice(1) : word);

const names = ["Nkemelu", "Brzezinski", "Halvorsen", "Okonkwo", "Tanaka"];
const chineseNames = ["万隆", "阿尔瓦雷斯", "霍夫曼", "诺沃西比尔斯克", "瓦茨拉夫"];
const pick = (list: readonly string[], random: () => number) => list[Math.floor(random() * list.length)] ?? "";
const insideName = /(?<=[\p{Ll},] )\p{Lu}\p{Ll}{3,}(?![\p{L}])/gu;
const isCalendar = (word: string) =>
  /^(?:January|February|March|April|May|June|July|August|September|October|November|December)$/.test(word);

const rules: Record<string, Rule[]> = {
  digit: [
    [/\d(?=[\d.,]*)/g, (found, random) => other(found, "123456789", random)],
    [
      /(?<=第[一二三四五六七八九十百]*)[一二三四五六七八九](?=[一二三四五六七八九十百]*[条章款项])/g,
      (found, random) => other(found, "一二三四五六七八九", random),
    ],
    [/[二三四五六七八九](?=(?:年|个月|日|万|千|倍|次|元|人))/g, (found, random) => other(found, "二三四五六七八九", random)],
  ],
  negation: [
    [
      /(?<![\p{L}])(?:shall|is|are|was|were|may|will|has|have|can|should|must|had|could|did)(?![\p{L}])(?! not)/gu,
      (found) => `${found} not`,
    ],
    [/ not(?= )(?! only)/g, () => ""],
    [/(?<=[\p{L}] )no (?=\p{Ll})/gu, () => "the "],
    [/(?<![不除并])不(?=得|能|会|予|再|是|应|可以|承担|影响|适用)/g, () => ""],
    [/应当|可以|(?<!不)是(?!否|非)|能够|(?<![不])具有/g, (found) => `不${found}`],
    [/未(?=经|能|按|履行|依法|取得)/g, () => ""],
  ],
  name: [
    [insideName, (found, random) => (isCalendar(found) ? found : pick(names, random))],
    [/[\u4e00-\u9fff]{2,5}·[\u4e00-\u9fff]{2,5}/g, (_, random) => `${pick(chineseNames, random)}·${pick(chineseNames, random)}`],
    ...swap(
      "人民法院/人民检察院, 债权人/债务人, 出租人/承租人, 国务院/外交部, 公安机关/税务机关, 美国/英国, 法国/德国, 北京/上海, 中国/日本, 控股股东/董事长, 当事人/证人, 保险人/受益人",
    ),
  ],
  "swapped name": swap("controller/processor, Commission/Parliament, Member State/third country"),
  date: [
    [
      /(?<![\p{L}])(?:January|February|March|April|June|July|August|September|October|November|December)(?![\p{L}])/gu,
      (found) => (found === "March" ? "October" : "March"),
    ],
    [/(?<!\d)(?:1[5-9]|20)\d{2}(?!\d)/g, (found) => String(Number(found) + 1)],
    [/(?<=\d)年(?=\d)/g, () => "0年"],
  ],
  unit: [
    ...swap("years/months, days/weeks, hours/minutes, million/billion, kilometres/miles, km/miles, percent/people, metres/feet"),
    [/(?<=\d )%|(?<=\d)%/g, () => " million"],
    [/(?<=[一二三四五六七八九十\d])年(?=以|内|有期|后|前)/g, () => "个月"],
    [/(?<=[一二三四五六七八九十\d])日(?=内|以)/g, () => "年"],
    [/(?<=[万千百\d])元/g, () => "美元"],
    [/(?<=[一二三四五六七八九十\d])万(?=元|人)/g, () => "亿"],
  ],
  comparative: swap(
    "more/less, before/after, higher/lower, increased/decreased, larger/smaller, at least/at most, above/below, first/last, all/some, most/least, shall/may, rise/fall, 以上/以下, 应当/可以, 之前/之后, 增加/减少, 超过/低于, 最大/最小, 至少/至多, 从重/从轻, 全部/部分",
  ),
};

/** Edits of a sentence that change what it says, at most two of a kind, each at a place of its own. */
export function editsOf(claim: string, random: () => number): Edit[] {
  return Object.entries(rules).flatMap(([kind, own]) => {
    const places = own.flatMap(([pattern, replace]) =>
      [...claim.matchAll(pattern)].map((match) => ({ at: match.index, found: match[0], replace })),
    );
    const chosen = places
      .map((place) => ({ place, rank: random() }))
      .toSorted((one, two) => one.rank - two.rank)
      .slice(0, 2);
    return chosen.flatMap(({ place: { at, found, replace } }): Edit[] => {
      const edited = claim.slice(0, at) + replace(found, random) + claim.slice(at + found.length);
      return edited === claim ? [] : [{ kind, edited }];
    });
  });
}

const inPairs = (claim: string, random: () => number) =>
  random() < 0.5 ? claim.replace(/"([^"]*)"/g, "“$1”") : claim.replace(/[“”]/g, '"');
const wide = (claim: string) =>
  claim.replace(/[!-~]/g, (character) =>
    /[A-Za-z0-9,.:;()?!%]/.test(character) ? String.fromCharCode(character.charCodeAt(0) + 0xfee0) : character,
  );

/** The same sentence with other white space, widths, quotation marks, dashes, emphasis and case. */
export function variantsOf(claim: string, random: () => number): string[] {
  return [
    claim.replaceAll(" ", random() < 0.5 ? "\u00a0" : "  "),
    claim.replace(/ (?![-+*#>•])/g, (space) => (random() < 0.2 ? "\n" : space)),
    wide(claim),
    claim.replaceAll("，", ",").replaceAll("；", ";").replaceAll("：", ":").replaceAll("（", "(").replaceAll("）", ")"),
    inPairs(claim, random).replaceAll("'", "’").replaceAll(" - ", " – "),
    claim.replace(/[.。]$/, ""),
    claim.replace(/^[\p{sc=Han}]{2}(?=\p{sc=Han})|^\p{Lu}\p{Ll}+(?= )/u, "**$&**"),
    claim.replace(/(?<=\p{L})(?=\p{L})/u, "\u200b"),
    `“${claim}”`,
  ];
}
