create table item (sku varchar(32) primary key, name varchar(120) not null, on_hand int not null check (on_hand >= 0), warehouse varchar(16) not null);
create table reservation (id varchar(36) primary key, order_id varchar(64) not null, idempotency_key varchar(64) not null unique);
create table reservation_line (reservation varchar(36) not null, position int not null, sku varchar(32) not null, quantity int not null, warehouse varchar(16) not null, primary key (reservation, position));
