import type { Image, Nodes } from "mdast";
import { type FigureRef, figureAddress } from "#lib/domain/figure.ts";

/** The figure that a picture of a report stands for; null where it is none of the report's. */
export function figureOf({ url }: Image, figures: readonly FigureRef[]): FigureRef | null {
  const n = Number(figureAddress.exec(url)?.[1]);
  return figures.find((figure) => figure.n === n) ?? null;
}

declare module "mdast" {
  interface ImageData {
    figure?: FigureRef;
  }
}

/** The figure that a node of a parsed report shows; null for every other node. */
export const figureIn = (node: Nodes): FigureRef | null => (node.type === "image" ? (node.data?.figure ?? null) : null);

/** What a figure is called where it cannot be shown, and below it where it can. */
export const figureWords = (n: number, alt: string | null | undefined): string => `Figure ${n}${alt ? `: ${alt}` : ""}`;
