-- the documents have the few figures that tell experiments apart
update experiments set document = null;
