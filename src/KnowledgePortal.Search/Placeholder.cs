namespace KnowledgePortal.Search;
