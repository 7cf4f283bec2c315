-- who programs are; not projected from topics, so it outlives a rebuild of the read model
create table service_tokens (
    name         varchar primary key,
    -- SHA-256 of the text, hexadecimal
    hash         varchar not null unique,
    role         varchar not null,
    created_by   varchar not null,
    created_at   timestamp with time zone not null,
    expires_at   timestamp with time zone,
    last_used_at timestamp with time zone
);
