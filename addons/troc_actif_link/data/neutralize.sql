-- A copy books nothing in the members' own Odoos: its links are closed, for managers
-- alone to open again, and it is another network to them.  Members read the reason.
UPDATE troc_link
   SET state = 'revoked',
       revoked_by_id = NULL,
       revoked_on = now() AT TIME ZONE 'UTC',
       revoked_reason = 'Copie neutralisée de la base'
 WHERE state = 'active';
UPDATE troc_network
   SET link_uuid = gen_random_uuid()::text;
