-- what a command was first asked for, written before the command is published: every gateway gives the same answer while the
-- command is not projected yet. Not projected from the topics, so it stays when the read model is built anew.
create table idempotency_keys (
    kind       varchar not null,
    name       varchar not null,
    asked      varchar not null,
    experiment varchar not null,
    claimed_at timestamp with time zone not null,
    primary key (kind, name)
);
create index idempotency_keys_by_time on idempotency_keys (claimed_at);
