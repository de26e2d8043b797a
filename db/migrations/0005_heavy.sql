ALTER TABLE "runs" ADD COLUMN "heavy" jsonb;--> statement-breakpoint
CREATE INDEX "runs_done_by_end" ON "runs" USING btree ("ended_at") WHERE status = 'done';