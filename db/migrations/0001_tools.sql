CREATE UNLOGGED TABLE "provider_pace" (
	"service" text PRIMARY KEY NOT NULL,
	"next_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE UNLOGGED TABLE "provider_seats" (
	"service" text NOT NULL,
	"seat" integer NOT NULL,
	"holder" uuid NOT NULL,
	"until" timestamp with time zone NOT NULL,
	CONSTRAINT "provider_seats_service_seat_pk" PRIMARY KEY("service","seat")
);
--> statement-breakpoint
CREATE UNLOGGED TABLE "tool_cache" (
	"key" text PRIMARY KEY NOT NULL,
	"tool" text NOT NULL,
	"value" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE INDEX "tool_cache_expiry" ON "tool_cache" USING btree ("expires_at");