namespace KnowledgePortal.Cms;
