"""知识库: articles for seats and residents, who answers for them, what is missing and what runs out."""
