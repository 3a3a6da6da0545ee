select id, name, email, phone, address, loyalty_points as "loyalty points"
from customers
order by id desc
limit 6
