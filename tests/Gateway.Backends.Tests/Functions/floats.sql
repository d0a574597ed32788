1.5::float8 + 2, 1e308::float8 * 10
1e308::float8 * 10
1::float8 / 0
'NaN'::float8, 'Infinity'::float8, '-inf'::float8
'NaN'::float8 = 'NaN'::float8, 'NaN'::float8 > 'Infinity'::float8
0.1::float8 + 0.2::float8, 0.1::float4 + 0.2::float4
1::float4 / 3, 1::float8 / 3
round(2.5::float8), round(-2.5::float8), round(3.5::float8), trunc(-2.7::float8), ceil(2.1::float8), floor(-2.1::float8)
sign(-3.2::float8), abs(-3.2::float8), sqrt(2::float8), cbrt(27::float8), power(2::float8, 10), 2::float8 ^ 0.5
sqrt(-1::float8)
ln(0::float8)
ln(-1::float8)
exp(1::float8), ln(10::float8), log(100::float8), log10(1000::float8)
power(0::float8, -1)
power(-8::float8, 0.5)
exp(1000::float8)
pi(), degrees(pi()), radians(180)
sin(1), cos(1), tan(1), asin(1), acos(0), atan(1), atan2(1, 2), sinh(1), cosh(1), tanh(1)
asin(2)
2.5::float8::int, 3.5::float8::int, -2.5::float8::int, 1e10::float8::int8
1e10::float8::int4
'NaN'::float8::int
1.23456789::float4, 1.23456789::float4::float8, 3.4e38::float4 * 10
1e40::float8::float4
1.5::float8::text, 1e20::float8::text, 1e-7::float8::text
1.5::float8::numeric, 1.1::float4::numeric, 123456789.123456789::float8::numeric
'1.5'::float8, '1e400'::float8
'x'::float8
-0.0::float8, 0::float8 = -0.0::float8
5::float8::int2, 70000::float8::int2
1::float8 < 2, 1.5::float4 = 1.5::float8
@ -2.5::float8, |/ 16::float8, ||/ 8::float8
