-- evaluations that have not ended: since is the number of the first change that told of one; begun once a condition has an answer
create table open_evaluations (
    experiment varchar not null,
    evaluation varchar not null,
    named      boolean not null,
    begun      boolean not null,
    since      bigint not null,
    primary key (experiment, evaluation)
);

-- the id of an evaluation with a name has two slashes
insert into open_evaluations (experiment, evaluation, named, begun, since)
select experiment, evaluation, max(case when evaluation like '%/%/%' then 1 else 0 end) = 1,
       max(case when kind = 'OUTCOME' then 1 else 0 end) = 1, min(change)
from evaluation_messages
group by experiment, evaluation
having max(case when kind = 'END' then 1 else 0 end) = 0;

-- the documents say more of evaluations
update experiments set document = null;
