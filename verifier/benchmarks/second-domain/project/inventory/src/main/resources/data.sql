insert into item values ('KETTLE', 'Kettle, 1.7 l', 40, 'north');
insert into item values ('MUG', 'Mug, blue', 200, 'south');
insert into item values ('TOASTER', 'Toaster, two slots', 15, 'north');
