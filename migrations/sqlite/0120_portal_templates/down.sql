DROP TABLE prepared_requests;
DROP TABLE portal_template_parts;
DROP TABLE portal_templates;
