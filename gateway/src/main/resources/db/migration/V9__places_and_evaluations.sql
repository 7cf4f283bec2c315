-- when this database was made: the numbers of changes count within it alone, and a reader of a stream may come back with one of another
alter table read_model add column made_at timestamp with time zone default current_timestamp not null;

-- every evaluation of every experiment, for their list; since is the number of the first change that told of it.
-- state and document are null where they have to be derived from the messages
create table evaluations (
    experiment varchar not null,
    evaluation varchar not null,
    since      bigint not null,
    state      varchar,
    document   varchar,
    primary key (experiment, evaluation)
);
create index evaluations_by_since on evaluations (since);
create index evaluations_by_state on evaluations (state, since);
insert into evaluations (experiment, evaluation, since)
select experiment, evaluation, min(change) from evaluation_messages group by experiment, evaluation;

-- the documents say of which experiment their evaluations are
update experiments set document = null;
