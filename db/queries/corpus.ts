import type { ReservedSql, Sql, TransactionSql } from "postgres";

/** A document of the corpus, ready to be stored. `search` is the text of a tsvector. */
export interface CorpusRow {
  line: number;
  url: string;
  title: string;
  text: string;
  length: number;
  search: string;
}

export interface CorpusFileRow {
  path: string;
  fingerprint: string;
  problems: CorpusProblem[];
}

export interface CorpusProblem {
  line: number | null;
  problem: string;
}

/** Lends one connection that alone may load the corpus; others wait for it. The lock goes with the connection if the process dies. */
export async function withCorpusLock<T>(sql: Sql, work: (connection: ReservedSql) => Promise<T>): Promise<T> {
  const connection = await sql.reserve();
  try {
    await connection`select pg_advisory_lock(hashtextextended('dossier:corpus', 0))`;
    try {
      return await work(connection);
    } finally {
      await connection`select pg_advisory_unlock(hashtextextended('dossier:corpus', 0))`;
    }
  } finally {
    connection.release();
  }
}

/** Path → fingerprint of every file that is loaded. */
export async function loadedCorpusFiles(sql: ReservedSql): Promise<Map<string, string>> {
  const rows = await sql<{ path: string; fingerprint: string }[]>`select path, fingerprint from corpus_files`;
  return new Map(rows.map((row) => [row.path, row.fingerprint]));
}

/** Takes files and their documents out, and their terms out of the statistics. */
export async function removeCorpusFiles(sql: ReservedSql, paths: string[]): Promise<void> {
  if (paths.length === 0) return;
  await inTransaction(sql, async () => {
    await sql`
      update corpus_terms set documents = corpus_terms.documents - gone.documents
      from (
        select term, count(*)::int as documents
        from corpus_documents, unnest(tsvector_to_array(search)) as term
        where path = any(${paths}) group by term
      ) as gone
      where corpus_terms.term = gone.term`;
    await sql`delete from corpus_terms where documents <= 0`;
    await sql`delete from corpus_files where path = any(${paths})`;
  });
}

/**
 * Adds documents, and their files where they are new, in one transaction. A file of many documents comes in several calls; until its
 * last one it should carry an empty fingerprint, so that a load that was interrupted is done again.
 */
export async function addCorpusDocuments(sql: ReservedSql, files: (CorpusFileRow & { rows: CorpusRow[] })[]): Promise<void> {
  const rows = files.flatMap((file) => file.rows.map((row) => ({ ...row, path: file.path })));
  await inTransaction(sql, async () => {
    for (const file of files) await upsertFile(sql, file);
    if (rows.length === 0) return;
    await sql`
      insert into corpus_documents (path, line, url, title, text, length, search)
      select path, line, url, title, body, length, search::tsvector
      from unnest(${rows.map((row) => row.path)}::text[], ${rows.map((row) => row.line)}::int[], ${rows.map((row) => row.url)}::text[],
        ${rows.map((row) => row.title)}::text[], ${rows.map((row) => row.text)}::text[], ${rows.map((row) => row.length)}::int[],
        ${rows.map((row) => row.search)}::text[]) as row (path, line, url, title, body, length, search)`;
    await sql`
      insert into corpus_terms (term, documents)
      select term, count(*)::int from unnest(${rows.map((row) => row.search)}::text[]) as search, unnest(tsvector_to_array(search::tsvector)) as term
      group by term order by term
      on conflict (term) do update set documents = corpus_terms.documents + excluded.documents`;
  });
}

async function upsertFile(sql: ReservedSql, file: CorpusFileRow & { rows: CorpusRow[] }): Promise<void> {
  const tokens = file.rows.reduce((sum, row) => sum + row.length, 0);
  await sql`
    insert into corpus_files (path, fingerprint, problems, documents, tokens)
    values (${file.path}, ${file.fingerprint}, ${sql.json(file.problems as never)}, ${file.rows.length}, ${tokens})
    on conflict (path) do update set
      fingerprint = excluded.fingerprint, problems = excluded.problems, loaded_at = now(),
      documents = corpus_files.documents + excluded.documents, tokens = corpus_files.tokens + excluded.tokens`;
}

/** After a load: the planner's statistics, and the index's pending list, which every search would otherwise read through. */
export async function settleCorpus(sql: ReservedSql): Promise<void> {
  await sql`select gin_clean_pending_list('corpus_documents_search')`;
  await sql`analyze corpus_documents`;
}

/** The document stored under one of these addresses; the first address that has one decides. */
export async function corpusDocumentByUrl(
  sql: Sql,
  urls: string[],
): Promise<{ url: string; title: string; text: string; loadedAt: string } | null> {
  const [row] = await sql<{ url: string; title: string; text: string; loadedAt: string }[]>`
    select document.url, document.title, document.text, to_json(file.loaded_at) #>> '{}' as "loadedAt"
    from corpus_documents as document join corpus_files as file using (path)
    where document.url = any(${urls}) order by array_position(${urls}::text[], document.url), path, line limit 1`;
  return row ?? null;
}

async function inTransaction(sql: ReservedSql | TransactionSql, work: () => Promise<void>): Promise<void> {
  await sql`begin`;
  try {
    await work();
    await sql`commit`;
  } catch (error) {
    await sql`rollback`;
    throw error;
  }
}
