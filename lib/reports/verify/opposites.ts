/** Words of opposite direction: a sentence that says one where its source says the other says the contrary. */
const pairs: [string, string][] = [
  [
    "rise|rises|rose|risen|rising|increas\\w*|gr[eo]w\\w*|growth|climb\\w*|gain\\w*|surg\\w+|expand\\w*|gestiegen|steig\\w+|stieg|zunahm\\w*|augment\\w+|aument\\w+",
    "fall|falls|fell|fallen|falling|decreas\\w*|declin\\w*|drop\\w*|shr[iau]nk\\w*|plung\\w+|reduc\\w+|gesunken|sink\\w*|sank|fiel|gefallen|abnahm\\w*|diminu\\w+|baiss\\w+|disminu\\w+",
  ],
  ["higher|highest|above", "lower|lowest|below"],
  ["more|most|mehr", "less|least|fewer|fewest|weniger"],
  ["larger|largest|bigger|biggest|greater|greatest|größ\\w+", "smaller|smallest|kleine?r\\w*|kleinst\\w+"],
  ["older|oldest", "younger|youngest|newer|newest"],
  ["longer|longest|länger", "shorter|shortest|kürzer"],
  ["earlier|earliest|früher", "later|latest|später"],
  ["better|best", "worse|worst"],
  ["stronger|strongest", "weaker|weakest"],
  ["faster|fastest", "slower|slowest"],
  ["before|prior|vor|avant|antes", "after|following|nach|après|después"],
  ["minimum|mindestens", "maximum|höchstens"],
  ["first|erste\\w*", "last|letzte\\w*"],
  ["majority|mehrheit", "minority|minderheit"],
  ["won|win|wins|winning|victory", "lost|lose|loses|losing|defeat"],
  ["allow\\w*|permit\\w*|erlaub\\w+", "prohibit\\w*|forb\\w+|ban|bans|banned|verbot\\w*|verbiet\\w+"],
  ["include|includes|included|including", "exclude|excludes|excluded|excluding"],
  ["legal|lawful|lawfully", "illegal|unlawful|unlawfully"],
  ["public", "private"],
  ["north|northern", "south|southern"],
  ["east|eastern", "west|western"],
  ["accept\\w*|approv\\w+", "reject\\w*|refus\\w+"],
  ["support\\w*", "oppos\\w+"],
  ["import|imports|imported", "export|exports|exported"],
  ["buy|buys|bought", "sell|sells|sold"],
  ["positive\\w*", "negative\\w*"],
  ["true", "false"],
  ["上升|增长|增加|提高|上涨|扩大|升高", "下降|减少|降低|下跌|缩小|下滑"],
  ["高于|超过|以上|多于|大于", "低于|不足|以下|少于|小于|不超过"],
  ["之前|以前|前期", "之后|以后"],
  ["至少|最少", "至多|最多"],
  ["最大|最高|最早|最长", "最小|最低|最晚|最短"],
  ["允许|准许|可以", "禁止|不得|不可以"],
  ["赞成|支持|同意", "反对|不同意"],
  ["合法", "非法|违法|不合法"],
  ["有效", "无效"],
  ["多数", "少数"],
  ["进口", "出口"],
];
/** These turn a duty into a choice, or a part into the whole; in other words than the source's they come and go without a change of meaning. */
const strictPairs: [string, string][] = [
  ["shall|must|muss|müssen|doit|doivent", "may|can|should|kann|können|darf|dürfen|peut|peuvent"],
  ["all|every|each|always|alle|jeder?|tous|todos", "some|several|few|many|sometimes|einige|certains|algunos"],
  ["and", "or"],
  ["应当|必须|应", "可以|可"],
  ["全部|所有|一切", "部分|有些|某些"],
  ["和|以及|并且|且", "或者|或"],
  ["以上", "以下"],
  ["从重|加重", "从轻|减轻|免除"],
];

const spaced = (words: string) => (/\p{sc=Han}/u.test(words) ? `(?:${words})` : `(?<!\\p{L})(?:${words})(?!\\p{L})`);
const compiled = (list: [string, string][]) => list.map((pair) => pair.map((words) => new RegExp(spaced(words), "iu")) as [RegExp, RegExp]);
const looseTests = compiled(pairs);
const strictTests = compiled([...pairs, ...strictPairs]);

/** The word of a text and the contrary one of another, where each has only its own; `strict` takes in what only matters in nearly the same words. */
export function oppositesOf(one: string, other: string, strict = false): [string, string] | null {
  for (const [first, second] of strict ? strictTests : looseTests) {
    for (const [mine, theirs] of [
      [first, second],
      [second, first],
    ] as const) {
      const [said, contrary] = [mine.exec(one)?.[0], theirs.exec(other)?.[0]];
      if (said !== undefined && contrary !== undefined && !theirs.test(one) && !mine.test(other)) return [said, contrary];
    }
  }
  return null;
}
