DROP TABLE waiting_news;
DROP TABLE news_hours;
DROP TABLE news_choices;
