create table customer_order (id varchar(36) primary key, idempotency_key varchar(64) not null unique, customer varchar(64) not null, status varchar(16) not null);
create table order_line (order_id varchar(36) not null, position int not null, sku varchar(32) not null, quantity int not null, warehouse varchar(16), primary key (order_id, position));
