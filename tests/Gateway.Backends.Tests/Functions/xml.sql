-- input
'<a/>'::xml, 'abc'::xml, ''::xml, ' '::xml, '<a>1</a><b/>'::xml, '<?xml version="1.0"?><a/>'::xml, xml '<a/>', '<a/>'::text::xml, '<?xml version="1.0"?>'::xml
'<?xml version="1.0" encoding="latin1" standalone="yes"?><a/>'::xml, '<?xml version="1.1"?><a/>'::xml, '<?xml version="1.0" encoding="foo"?><a/>'::xml
'<a><![CDATA[<x>]]></a>'::xml, '<a>&lt;&#65;&#x41;</a>'::xml, '<x:a/>'::xml, '<?xml-stylesheet href="a"?><a/>'::xml, '<a x="1" y=''2''>t<!-- c --><?p d?></a>'::xml
'<a>'::xml
'<a></b>'::xml
'</a>'::xml
'a<'::xml
'a&b'::xml
'<a>&b;</a>'::xml
'<a>&#1;</a>'::xml
'<a b="1" b="2"/>'::xml
'<a b=1/>'::xml
'<a b="<"/>'::xml
'<a>]]></a>'::xml
'<a><!-- a -- b --></a>'::xml
' <?xml version="1.0"?><a/>'::xml
'<?xml?><a/>'::xml
'<?xml version="1.0" standalone="maybe"?><a/>'::xml
'<?xml encoding="UTF-8"?><a/>'::xml
'<?xml version="1.0"><a/>'::xml
'<a>'::text::xml
'<1/>'::xml
'<a/'::xml
-- text
('<?xml version="1.0" encoding="UTF-8"?><a/>'::xml)::text, ('<?xml version="1.0"?><a/>'::xml)::varchar, '<a/>'::xml::char(6), text('<a/>'::xml), xml('<a/>'), '<a/>'::varchar::xml
1::xml
E'<?xml version="1.0"?>\n<a/>'::xml, pg_typeof('<a/>'::xml), ARRAY['<a/>'::xml, NULL], '{<a/>,"b c"}'::xml[], to_json('<a x="1"/>'::xml), '<a/>'::xml IS NULL, NULL::xml IS NULL
'<a/>'::xml || '<b/>', coalesce(NULL::xml, '<z/>'), CASE WHEN true THEN '<a/>'::xml ELSE 'q' END, format('%s', '<a/>'::xml), length('<a/>'::xml::text)
-- no comparison
'<a/>'::xml = '<a/>'::xml
'<a/>'::xml < 'a'
'<a/>'::xml IN ('<b/>')
'<a/>'::xml LIKE '<a%'
greatest('<a/>'::xml, '<b/>')
SELECT DISTINCT x FROM (VALUES ('<a/>'::xml)) v(x)
SELECT x FROM (VALUES ('<a/>'::xml)) v(x) ORDER BY x
SELECT x FROM (VALUES ('<a/>'::xml)) v(x) GROUP BY x
SELECT '<a/>'::xml UNION SELECT '<b/>'::xml
SELECT '<a/>'::xml UNION ALL SELECT 'b'
SELECT count(DISTINCT x) FROM (VALUES ('<a/>'::xml)) v(x)
SELECT max(x) FROM (VALUES ('<a/>'::xml)) v(x)
SELECT count(x) FROM (VALUES ('<a/>'::xml), (NULL)) v(x)
-- functions
xmlcomment('hello'), xmlcomment(NULL), xmlcomment('a-b')
xmlcomment('a--b')
xmlcomment('a-')
xml_is_well_formed('<a>'), xml_is_well_formed('abc'), xml_is_well_formed_document('abc'), xml_is_well_formed_document(' <a/> '), xml_is_well_formed_content('abc'), xml_is_well_formed(''), xml_is_well_formed_document(''), xml_is_well_formed_document('<a/><b/>')
SELECT xmlagg(x), array_agg(x) FROM (VALUES ('<a/>'::xml), (NULL), ('b')) v(x)
SELECT xmlagg(x ORDER BY n DESC) FROM (VALUES ('<a/>'::xml, 1), ('<?xml version="1.1" standalone="no"?><b/>', 2), ('<?xml version="1.1" standalone="yes"?><c/>', 3)) v(x, n)
SELECT xmlagg(x) FROM (VALUES ('<?xml version="1.1" standalone="no"?><b/>'::xml), ('<?xml version="1.1" standalone="yes"?><c/>')) v(x)
SELECT xmlagg(x) FROM (VALUES ('<a/>'::xml)) v(x) WHERE false
