-- Nobody reaches a copy with a key of the original: programs would act in both.
DELETE FROM res_users_apikeys;
