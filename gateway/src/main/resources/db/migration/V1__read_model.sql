-- What the gateway knows, projected from the topics. Every statement is understood by H2 and by PostgreSQL.
-- Messages are kept as they were published (JSON); columns beside them are those by which rows are found.

-- one row: the number of the last change, and who projects until when
create table read_model (
    id             integer primary key check (id = 1),
    last_change    bigint not null,
    holder         varchar,
    held_until     timestamp with time zone
);
insert into read_model (id, last_change) values (1, 0);

-- where the projection goes on reading; topic_id changes when a topic is deleted and made anew
create table topic_positions (
    topic           varchar not null,
    topic_partition integer not null,
    topic_id        varchar not null,
    next_offset     bigint not null,
    primary key (topic, topic_partition)
);

-- document is null where it has to be derived from the messages
create table experiments (
    id               varchar primary key,
    submitted_at     timestamp with time zone,
    dataset          varchar,
    method           varchar,
    network          varchar,
    norm             varchar,
    radius           double precision,
    seed             bigint,
    state            varchar not null,
    cancel_requested boolean not null,
    epoch_stride     integer not null,
    submit           varchar,
    status           varchar,
    checkpoint       varchar,
    document         varchar
);
create index experiments_by_time on experiments (submitted_at desc, id);
create index experiments_by_state on experiments (state, submitted_at);

create table cancels (
    experiment varchar not null,
    cancel     varchar not null,
    change     bigint not null,
    message    varchar not null,
    primary key (experiment, cancel)
);

-- every status that counted when it came
create table statuses (
    change     bigint primary key,
    experiment varchar not null,
    message    varchar not null
);

-- by attempt, its smallest step of which a metric has come
create table training_attempts (
    experiment varchar not null,
    attempt    bigint not null,
    first_step bigint not null,
    primary key (experiment, attempt)
);

create table training_metrics (
    experiment varchar not null,
    step       bigint not null,
    attempt    bigint not null,
    change     bigint not null,
    message    varchar not null,
    primary key (experiment, step)
);
create index training_metrics_by_change on training_metrics (change);

-- the messages of evaluations: commands, plans, figures of conditions, gates, ends
create table evaluation_messages (
    experiment varchar not null,
    evaluation varchar not null,
    kind       varchar not null,
    item       varchar not null,
    change     bigint not null,
    message    varchar not null,
    primary key (experiment, evaluation, kind, item)
);
create index evaluation_messages_by_change on evaluation_messages (change);

create table dead_letters (
    origin           varchar primary key,
    change           bigint not null,
    experiment       varchar,
    letter_time      timestamp with time zone not null,
    letter           varchar not null
);
create index dead_letters_by_change on dead_letters (change);
create index dead_letters_by_experiment on dead_letters (experiment, change);
