-- Experiments whose document, or that of an evaluation, an earlier migration has emptied. Whoever projects writes these documents again,
-- the newest experiments first, and removes the rows here. Until then each list derives them from the messages.
-- A later migration that empties documents has to put their experiments here, too.
create table stale_documents (
    experiment   varchar primary key,
    submitted_at timestamp with time zone
);
create index stale_documents_by_time on stale_documents (submitted_at);
insert into stale_documents (experiment, submitted_at)
select id, submitted_at from experiments
where document is null or id in (select experiment from evaluations where document is null)
-- The evaluation EXPERIMENT/epoch-NNNNN of a last checkpoint is listed before a message of it has come. Until now it had no row: it gets
-- one when the documents are written again.
   or (checkpoint like '%"last":true%' and not exists (
        select 1 from evaluations
        where experiment = experiments.id
          and checkpoint like ('%"epoch":' || trim(leading '0' from substring(evaluation from char_length(experiment) + 8)) || ',%')));

-- evaluations that people asked for by name are told by their ids: a page of them is found without looking at the rows of the others
create index evaluations_by_since_and_id on evaluations (since, evaluation);
drop index evaluations_by_since;
