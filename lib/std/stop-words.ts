import { searchTokens } from "./search-tokens.ts";

const english = `a an the and or but nor if then than so as at by for from in into of off on onto out over to up with without within about above after
again against all also am any are be been being because before below between both can could did do does doing done down during each either
ever few further had has have having he her here hers herself him himself his how however i is it its itself just let may me might more most
much must my myself neither no not now once only other our ours own per same shall she should since some such that their theirs them
themselves these they this those through thus too toward under until upon us very via was we were what whatever when where whether which
while who whom whose why will would yet you your yours many first name called known give tell find list describe explain following`;
const european = `der die das den dem des ein eine einer eines einem einen und oder aber ist sind war waren wird wurde wurden wer wie wo wann warum was welche
welcher welches mit von zu zum zur im am auf für bei nach aus über le la les un une des du de et ou est sont était qui que quoi quel quelle
quels quelles dans sur avec pour par au aux comment combien quand où el los las una unos unas y o es son fue era quién qué cuál cuáles cuándo
dónde cómo con por para del al en il lo gli i uno e è sono chi che cosa quale quando dove come di da nel nella os as um uma são foi quem qual onde het een van en in wie wat waar`;

/** Tokens that carry grammar, not subject, as `searchTokens` gives them. */
export const stopTokens: ReadonlySet<string> = new Set(searchTokens(`${english} ${european}`));
