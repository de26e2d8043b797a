import { cx } from "#components/ui/cx.ts";
import { ScrollRegion } from "#components/ui/scroll-region.tsx";
import type { ComparedFinding, Comparison } from "#lib/domain/comparison.ts";
import { AgreementSum } from "./agreement-sum.tsx";
import type { ComparisonPlace } from "./comparison-place.ts";
import { SourceMarks } from "./source-marks.tsx";
import { StanceMark } from "./stance-mark.tsx";

/** With more the sums stand before the lanes, so that they are seen before anything is scrolled. */
const mostBeside = 6;

const cell = "px-3 py-2.5 text-left align-top font-normal @max-3xl:block @max-3xl:p-0";
const head = "px-3 py-2 text-left align-bottom text-xs font-medium whitespace-nowrap text-ink-3";

/** Findings by lanes. Where there is no room for the columns each finding is a card. */
export function AgreementTable({ comparison, place }: { comparison: Comparison; place: ComparisonPlace }) {
  const lanes = comparison[0]?.stances.map(({ lane }) => lane) ?? [];
  const many = lanes.length > mostBeside;
  const sum = (
    <th scope="col" className={cx(head, "min-w-52")}>
      What it comes to
    </th>
  );
  return (
    <div className="@container">
      <ScrollRegion label="Findings by lanes">
        <table className="w-full @max-3xl:block">
          <thead className="border-b border-line @max-3xl:hidden">
            <tr>
              <th scope="col" className={cx(head, "pl-4", many && "sticky left-0 z-1 bg-surface")}>
                Finding
              </th>
              {many && sum}
              {lanes.map((lane) => (
                <th key={lane} scope="col" className={head}>
                  <a className="py-1 text-ink-3 no-underline hover:text-accent hover:underline" href={place.laneHref(lane)}>
                    Lane {lane}
                  </a>
                </th>
              ))}
              {!many && sum}
            </tr>
          </thead>
          <tbody className="@max-3xl:block">
            {comparison.map((finding, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: findings come all at once, and two may have the same words
              <Row key={index} finding={finding} place={place} many={many} />
            ))}
          </tbody>
        </table>
      </ScrollRegion>
    </div>
  );
}

function Row({ finding, place, many }: { finding: ComparedFinding; place: ComparisonPlace; many: boolean }) {
  const sum = (
    <td className={cx(cell, "text-xs/4.5 text-ink-2 @max-3xl:col-span-full")}>
      <AgreementSum finding={finding} />
    </td>
  );
  return (
    <tr className="border-b border-line last:border-b-0 @max-3xl:grid @max-3xl:grid-cols-[repeat(auto-fill,minmax(8.5rem,1fr))] @max-3xl:gap-x-3 @max-3xl:gap-y-2 @max-3xl:px-4 @max-3xl:py-3.5">
      <th
        scope="row"
        className={cx(
          cell,
          "pl-4 @max-3xl:col-span-full @3xl:w-[36%] @3xl:min-w-60",
          many && "@3xl:sticky @3xl:left-0 @3xl:z-1 @3xl:bg-surface",
        )}
      >
        <p className="mb-1.5 font-serif text-lg text-pretty">{finding.text}</p>
        <SourceMarks finding={finding} place={place} />
      </th>
      {many && sum}
      {finding.stances.map((stance) => (
        <td key={stance.lane} className={cx(cell, "@3xl:max-w-44", stance.note ? "@3xl:min-w-32" : "@3xl:min-w-18")}>
          <a
            className="mr-1.5 inline-block min-w-6 py-0.75 align-top text-xs/4.5 text-ink-3 no-underline hover:underline @3xl:hidden"
            href={place.laneHref(stance.lane)}
          >
            Lane {stance.lane}
          </a>
          <StanceMark stance={stance} sources={finding.sources.length} />
        </td>
      ))}
      {!many && sum}
    </tr>
  );
}
