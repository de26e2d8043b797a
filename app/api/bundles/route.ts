import { database } from "#db/database.ts";
import { importBundle } from "#lib/runs/import-bundle.ts";
import { route } from "#lib/web/route.ts";
import { uploadedFile } from "#lib/web/uploaded-file.ts";

const maxBundleBytes = 64_000_000;

/** Takes in a report that another Dossier exported as a bundle, and says what of it held when it was checked again. */
export const POST = route(async ({ request, viewer }) => {
  const { bytes } = await uploadedFile(request, "file", maxBundleBytes);
  const imported = await importBundle(database(), viewer, bytes);
  return Response.json({ imported }, { status: 201, headers: { location: `/api/reports/${imported.reportId}` } });
});
